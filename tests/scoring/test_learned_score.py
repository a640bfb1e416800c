"""A score learned from outcomes: the arithmetic against known results, honest measurement, JSON and explanations."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest

from bot.domain.errors import ConfigurationError
from bot.leads.encoding import Column, columns_of, features_of
from bot.leads.learned_score import Quality, learned_from_json, train
from bot.leads.logistic import area_under_roc, calibration_error, fit, reliability, sigmoid
from bot.leads.outcomes import read_outcomes


def made_up(n_leads: int, *, seed: int = 5, is_pure_chance: bool = False):
    """Leads whose odds of winning rise with the budget and fall for students."""
    chance = random.Random(seed)
    leads, won = [], []
    for _ in range(n_leads):
        budget = chance.choice([None, *range(0, 50_000, 500)])
        who = chance.choice(["company", "company", "student"])
        odds = -0.5 + (0 if budget is None else budget / 15_000) - (2 if who == "student" else 0)
        leads.append({"budget": budget, "who": who, "site": "always", "luck": chance.random()})
        won.append(chance.random() < (0.4 if is_pure_chance else 1 / (1 + math.exp(-odds))))
    return leads, won


def test_the_fit_finds_the_log_odds_of_a_table_of_two_by_two():
    # 30 of 40 won where it is 1, 20 of 80 where it is 0: log-odds ln 3 and -ln 3.
    column = np.array([[1.0]] * 40 + [[0.0]] * 80)
    won = np.array([1.0] * 30 + [0.0] * 10 + [1.0] * 20 + [0.0] * 60)

    constant, weight = fit(column, won, ridge=1e-9)

    assert constant == pytest.approx(-math.log(3), abs=1e-6)
    assert weight == pytest.approx(2 * math.log(3), abs=1e-6)


def test_the_fit_agrees_with_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    chance = np.random.default_rng(3)
    columns = chance.normal(size=(300, 4))
    won = (chance.random(300) < sigmoid(columns @ np.array([1.0, -2.0, 0.5, 0.0]))).astype(float)
    theirs = LogisticRegression(C=1 / 7, tol=1e-10, max_iter=1000).fit(columns, won)

    ours = fit(columns, won, ridge=7.0)

    assert ours == pytest.approx([*theirs.intercept_, *theirs.coef_[0]], abs=1e-4)


def test_the_area_counts_ties_half_and_the_error_is_the_mean_distance():
    guessed, won = np.array([0.1, 0.4, 0.4, 0.8]), np.array([0.0, 0.0, 1.0, 1.0])

    assert area_under_roc(guessed, won) == 0.875
    assert area_under_roc(1 - guessed, won) == 0.125
    assert calibration_error(reliability(guessed, won)) == pytest.approx((0.1 + 2 * 0.1 + 0.2) / 4)


def test_nothing_known_is_not_zero_and_a_number_beyond_what_was_seen_counts_as_the_last():
    column = Column(name="budget", knots=(0.0, 10.0, 20.0))

    assert list(column.read(None)) != list(column.read(0.0))
    assert list(column.read(99.0)) == list(column.read(20.0))
    assert list(column.read(15.0)) == [0.0, 0.75, 0.25, 0.0, 1.0]


def test_what_is_the_same_of_every_lead_and_what_is_rare_is_nothing_to_learn_from():
    leads, _ = made_up(200)
    leads[0] = leads[0] | {"who": "once"}

    columns = columns_of(leads)

    assert [column.name for column in columns] == ["budget", "who", "luck"]
    assert columns[1].values == ("company", "student")


def test_the_model_finds_what_wins_and_says_so():
    leads, won = made_up(600)

    model = train(leads, won, rules_scores=[50] * 600)

    assert model.quality.auc > 0.75
    assert model.quality.rules_auc == 0.5
    assert model.quality.has_earned_it
    assert {name for name, _ in model.importance(leads)[:2]} == {"budget", "who"}
    rich, poor = {"budget": 45_000, "who": "company"}, {"budget": 500, "who": "student"}
    assert model.win_probability(rich) > 0.7 > 0.3 > model.win_probability(poor)
    assert dict(model.contributions(poor))["who"] < 0 < dict(model.contributions(rich))["budget"]


def test_a_model_is_the_same_after_json_and_every_time():
    leads, won = made_up(150)
    model = train(leads, won)

    again = learned_from_json(json.loads(json.dumps(model.as_json())))

    assert again == model == train(leads, won)
    assert learned_from_json(model.as_json() | {"form": 99}) is None


def test_chance_does_not_earn_it_and_the_rules_must_be_beaten():
    leads, won = made_up(400, is_pure_chance=True)

    quality = train(leads, won, rules_scores=[90 if one else 10 for one in won]).quality

    assert quality.auc < 0.6
    assert quality.rules_auc == 1.0
    assert not quality.has_earned_it
    assert not Quality(leads=1, wins=1, auc=0.5, calibration_error=0, brier=0, table=()).has_earned_it


@pytest.mark.parametrize(("n_leads", "wins"), [(99, 40), (100, 19), (100, 81), (0, 0)])
def test_too_few_are_refused_with_the_numbers_and_what_stands_meanwhile(n_leads: int, wins: int):
    with pytest.raises(ConfigurationError, match=f"{n_leads} leads with {wins} won.*newest lead comes first"):
        train([{"who": "x"}] * n_leads, [n < wins for n in range(n_leads)])


def test_outcomes_are_read_by_lead_or_address_and_the_later_row_counts(tmp_path: Path):
    path = tmp_path / "outcomes.csv"
    path.write_text(
        "﻿Lead_ID,Email,Outcome\nl1,,Won\nl2,,lost\nl2,,closed_won\n,Ada@Acme.com,no\nl3,,\n", "utf-8"
    )

    outcomes = read_outcomes(path)

    assert [outcomes.of(lead, None) for lead in ("l1", "l2", "l3", "l9")] == [True, True, None, None]
    assert outcomes.of("l9", "ada@acme.com") is False
    assert (outcomes.rows, outcomes.open_rows) == (5, 1)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("lead,result\n", ":1: the columns `lead_id`"),
        ("lead_id,outcome\nl1,perhaps\n", ":2: the outcome 'perhaps' is neither won nor lost"),
        ("", "there are none"),
    ],
)
def test_a_file_of_outcomes_that_says_nothing_is_refused(tmp_path: Path, text: str, complaint: str):
    path = tmp_path / "outcomes.csv"
    path.write_text(text, "utf-8")

    with pytest.raises(ConfigurationError, match=complaint):
        read_outcomes(path)


def test_columns_are_read_in_one_order():
    columns = (Column(name="who", values=("a", "b")), Column(name="n", knots=(0.0, 1.0)))

    assert features_of(columns, {"n": 1.0, "who": "b"}) == [0.0, 1.0, 0.0, 1.0, 1.0]
