"""What is published here are forum posts: their world."""

from tests.unit.functions.forum_posts.conftest import batch as batch  # noqa: PLC0414 - a fixture
