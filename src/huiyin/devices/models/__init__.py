"""Tables of the devices room."""

from huiyin.devices.models.device import DeviceEvent, DeviceLabel, DeviceSource

__all__ = ["DeviceEvent", "DeviceLabel", "DeviceSource"]
