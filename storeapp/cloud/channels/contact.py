"""The static contact: the shop's own QR code, the same for everybody, for a shop without any interface to WeChat."""

from storeapp.cloud.channels.channel import Lead, Picture, QrText
from storeapp.domain.policy import Policy


class StaticContact:
    """The words in the shop's contact QR code, or a picture of it."""

    name = "contact"

    def lead(self, policy: Policy, scan_id: str) -> Lead | None:
        text = policy.text("offer.contact_qr")
        if text:
            return QrText(text)
        picture = policy.text("offer.contact_image")
        return Picture(picture) if picture else None
