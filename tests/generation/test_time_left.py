"""All that a model is asked for one turn shares one time."""

from bot.chat.generation.time_left import TimeLeft


def test_time_runs_from_the_beginning_for_everything_together() -> None:
    now = [100.0]
    time = TimeLeft(20.0, lambda: now[0])
    assert (time.until(2.5), time.until(6.0), time.until(), time.until(60.0)) == (2.5, 6.0, 20.0, 20.0)
    now[0] += 4.0
    assert (time.until(2.5), time.until(6.0), time.until()) == (0.0, 2.0, 16.0)
    now[0] += 20.0
    assert (time.until(6.0), time.until()) == (0.0, 0.0)
