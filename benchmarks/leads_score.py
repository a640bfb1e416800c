"""The learned score on leads whose outcome is known: area under the ROC curve and calibration, in five folds.

Only what is known when a lead arrives is used: columns that sales fill in later leak the outcome and are left out.
"""

import argparse
import csv
import sys
import time
from pathlib import Path

from bot.leads.encoding import Known
from bot.leads.learned_score import train

AUC_FLOOR = 0.868
CALIBRATION_CEILING = 0.02
OUTCOME = "Converted"
NUMBERED = {"Prospect ID", "Lead Number", "Unnamed: 37"}
FILLED_IN_LATER = ("Tags", "Lead Quality", "Lead Profile", "Asymmetrique", "Last ")


def read_leads(path: Path) -> tuple[list[Known], list[bool]]:
    """Return what was known of each lead at arrival, and whether it was won."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [
        name for name in rows[0] if name not in {OUTCOME, *NUMBERED} and not name.startswith(FILLED_IN_LATER)
    ]
    leads: list[Known] = [{name: value_of(row[name]) for name in names} for row in rows]
    return leads, [row[OUTCOME] == "1" for row in rows]


def value_of(cell: str) -> float | str | None:
    """Return a cell as a number, a word, or None where it is empty."""
    try:
        return float(cell)
    except ValueError:
        return cell or None


def main() -> int:
    """Train as the product does, print what came of it; 1 when a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    leads, won = read_leads(parser.parse_args().data / "leads_xeducation" / "leads.csv")
    started = time.perf_counter()
    model = train(leads, won)
    quality = model.quality
    print(f"{quality.leads} leads, {quality.wins} won, {len(leads[0])} columns known at arrival")
    print(f"AUC {quality.auc:.4f} (at least {AUC_FLOOR}), in {time.perf_counter() - started:.1f} s")
    print(f"expected calibration error {quality.calibration_error:.4f} (at most {CALIBRATION_CEILING})")
    print(f"Brier {quality.brier:.4f}")
    for n_leads, guess, share in quality.table:
        print(f"  {n_leads:5d} leads guessed {guess:.2f}, won {share:.2f}")
    for name, moved in model.importance(leads)[:6]:
        print(f"  {name}: {moved:.2f}")
    return int(quality.auc < AUC_FLOOR or quality.calibration_error > CALIBRATION_CEILING)


if __name__ == "__main__":
    sys.exit(main())
