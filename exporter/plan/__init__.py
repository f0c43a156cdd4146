"""Where each question stands in the weeks of the plan, and which questions belong together."""
