"""The roadmap draft: items, indicators, milestones, budgets, meetings, local roadmaps."""
