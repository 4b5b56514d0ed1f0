"""What an agent writes about today, and never twice within three weeks.

    feeds -> stories -> story_eligibility.py (old, thin, junk, banned, another language; each story once, by story_similarity.py and entity_names.py)
          -> story_ranking.py (written about lately? else how fresh, wanted, new and widely told)
          -> told_today.py (by no other agent on that date) -> daily_topic.py (the best, reserved in topic_history.py with the post's key) -> Choice

Three functions are for the pipeline:

    daily_topic.choose_topic(agent, date, ports, given=None) -> Choice     the same topic again for the same agent and date
    topic_history.give_back(agent_id, date, ports, why=..., barred=False)    its post failed for good
    topic_history.topic_of(agent_id, date, ports) -> Topic | None            what was reserved
"""
