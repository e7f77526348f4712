"""The roadmap being written: items, indicators, milestones, budgets, meetings, local roadmaps."""
