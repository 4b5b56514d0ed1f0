"""The fakes that come with Headrace, by the name that tests here know them by."""

from infra.testing.port_fakes import FakeBlobs, FakeLimits, FakeModels, FakeWeb, fake_ports, page, unasked

__all__ = ["FakeBlobs", "FakeLimits", "FakeModels", "FakeWeb", "fake_ports", "page", "unasked"]
