"""A site's purse: no call of a language model without what it may cost being held first.

Promises: what is held counts as spent at once, for every worker; a call that never tells its usage, because the process
died or the provider did, stays spent. So the sum of a day exceeds a budget only by what a call took beyond its own
estimate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.conversation import SiteId, VisitorId
from bot.domain.spending import Budget, OverBudget, Prices, Spent, over_budget
from bot.store import Connection, Database, model_spending
from bot.store.model_spending import Hold, Usage, spending_line
from bot.telemetry import Numbers


@dataclass(frozen=True, slots=True)
class Reservation:
    """What is held for one call, until it is settled."""

    held: Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What one site may spend on one model. Purses of a site share its budget, whatever each one's prices are."""

    db: Database
    site_id: SiteId
    prices: Prices
    budget: Budget
    new_id: Callable[[str], str]
    numbers: Numbers | None = None

    async def reserve(
        self, visitor_id: VisitorId, *, input_tokens: int, output_tokens: int, at: datetime
    ) -> Reservation | OverBudget:
        """Hold what a call may take, or say whose budget it would exceed; nothing is held then.

        Args:
            visitor_id: for whom the call is made.
            input_tokens: what will be sent, estimated rather too high.
            output_tokens: the most that may be written.
            at: the time of the call, of whose UTC day the budgets are.
        """
        held = Hold(
            reservation_id=self.new_id("sp"),
            site_id=self.site_id,
            visitor_id=visitor_id,
            day=at.astimezone(UTC).date(),
            spent=Spent(
                tokens=input_tokens + output_tokens,
                micros=self.prices.most_micros(input_tokens=input_tokens, output_tokens=output_tokens),
            ),
        )

        async def hold_or_refuse(connection: Connection) -> OverBudget | None:
            return await self._hold_or_refuse(connection, held)

        refused = await self.db.write_at_once(hold_or_refuse, spending_line(self.site_id))
        if refused is None:
            return Reservation(held)
        if self.numbers is not None:
            self.numbers.model_refused(self.site_id, refused.whose)
        return refused

    async def settle(
        self,
        reservation: Reservation,
        *,
        input_tokens: int,
        cached_tokens: int,
        output_tokens: int,
        is_estimated: bool = False,
    ) -> None:
        """Put what the call took in the place of what was held, also when it failed or was cancelled.

        Told again, nothing changes. Where the provider did not say what it took, do not settle: what is held stays
        spent.

        Args:
            reservation: what was held for the call.
            input_tokens: all that were sent.
            cached_tokens: those of them that the provider had kept.
            output_tokens: all that were written, a thinking model's thoughts included.
            is_estimated: the provider did not count, or not all of it; told in the metrics.
        """
        cached_tokens = min(cached_tokens, input_tokens)
        micros = self.prices.micros(
            input_tokens=input_tokens, cached_tokens=cached_tokens, output_tokens=output_tokens
        )
        usage = Usage(
            input_tokens=input_tokens,
            cached_tokens=cached_tokens,
            output_tokens=output_tokens,
            micros=micros,
        )

        async def put_in_place(connection: Connection) -> bool:
            return await model_spending.settle(connection, reservation.held, usage)

        if await self.db.write_at_once(put_in_place, spending_line(self.site_id)):
            self._tell(usage, is_estimated=is_estimated)

    def _tell(self, usage: Usage, *, is_estimated: bool) -> None:
        if self.numbers is None:
            return
        self.numbers.model_used(
            self.site_id,
            input_tokens=usage.input_tokens,
            cached_tokens=usage.cached_tokens,
            output_tokens=usage.output_tokens,
            is_estimated=is_estimated,
        )
        self.numbers.model_paid(self.site_id, self.prices.currency, micros=usage.micros)

    async def _hold_or_refuse(self, connection: Connection, held: Hold) -> OverBudget | None:
        currency = self.prices.currency
        refused = over_budget(
            self.budget,
            held.spent,
            by_visitor=await model_spending.spent_by_visitor(connection, held.visitor_id, held.day),
            by_site=await model_spending.spent_by_site(connection, held.site_id, held.day),
            currency=currency,
        )
        if refused is None:
            await model_spending.hold(connection, held, currency=currency)
        else:
            await model_spending.count_refusal(
                connection, held.site_id, held.day, whose=refused.whose, currency=currency
            )
        return refused
