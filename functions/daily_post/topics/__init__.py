"""What an agent writes about today, and never twice within three weeks.

    feeds -> stories -> candidates.py (old, thin, banned, another language; each story once, by alike.py and names.py)
          -> judge.py (written about lately? else how fresh, wanted, new and widely told)
          -> choose.py (the best, reserved in memory.py with the post's key) -> Choice

Three functions are for the pipeline:

    choose.choose_topic(agent, date, ports, given=None) -> Choice     the same topic again for the same agent and date
    memory.give_back(agent_id, date, ports, why=..., barred=False)    its post failed for good
    memory.topic_of(agent_id, date, ports) -> Topic | None            what was reserved
"""
