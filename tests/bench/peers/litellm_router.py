"""LiteLLM's router with the provider's limits set on its one deployment."""

from __future__ import annotations

import asyncio
import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # no look-up of prices on the network
import litellm
from litellm import Router

from tests.bench.calls.question import checked, request_of
from tests.bench.peers.work import TRIES, now, part, say, work

litellm.suppress_debug_info = True
litellm.turn_off_message_logging = True


async def run() -> None:
    todo = work()
    deployment = {
        "model": "openai/gpt-6-luna", "api_base": todo.url, "api_key": "none", "rpm": int(todo.rpm), "tpm": int(todo.tpm),
        "max_parallel_requests": todo.slots,
    }  # fmt: skip
    router = Router(
        model_list=[{"model_name": "gpt-6-luna", "litellm_params": deployment}], num_retries=TRIES, disable_cooldowns=True
    )

    async def one(call: int) -> tuple[int, float]:
        answer = await router.acompletion(**request_of(call))
        return checked(call, answer.choices[0].message.content), now()

    began = now()
    answers = await asyncio.gather(*(one(call) for call in range(todo.size)), return_exceptions=True)
    good = [answer for answer in answers if not isinstance(answer, BaseException)]
    say(began, max(at for _, at in good), now(), len(good), "litellm")


def submit() -> None:
    asyncio.run(run())


if __name__ == "__main__":
    part(submit)
