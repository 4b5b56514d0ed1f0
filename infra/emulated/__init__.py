"""The emulator profile's cloud on this machine: every function a process of its own, as Cloud Run starts it. For tests."""
