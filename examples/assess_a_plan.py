"""Assess the bundled regional plan on a day, pathway by pathway.

Run it with ``python examples/assess_a_plan.py``.
"""

from __future__ import annotations

from datetime import date

from rrmodel import datasets, evaluate_plan


def main() -> None:
    """Print the status, the figure and the last reason of each target."""
    plan = datasets.load("east-midlands-2022-25")
    figures = datasets.observations("england-and-wales")
    result = evaluate_plan(plan, figures, as_of=date(2024, 8, 1), area="England and Wales")
    for pathway, evaluations in result.by_pathway().items():
        print(plan.pathway(pathway).name)
        for evaluation in evaluations:
            latest = evaluation.latest
            figure = f"{latest.level} in {latest.period}" if latest else "no figure"
            print(f"  {evaluation.status.value}: {evaluation.target.id} ({figure})")
            print(f"    {evaluation.reasons[-1]}")


if __name__ == "__main__":
    main()
