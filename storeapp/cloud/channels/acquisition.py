"""The acquisition link: an address of WeCom's that tells the shop which scan brought a new contact."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from storeapp.cloud.channels.channel import Lead, Link
from storeapp.domain.policy import Policy

PARAMETER = "customer_channel"
MOST_BYTES = 64


class AcquisitionLink:
    """The owner's link with the scan's id as its customer_channel."""

    name = "acquisition"

    def lead(self, policy: Policy, scan_id: str) -> Lead | None:
        link = policy.text("offer.link")
        return Link(with_channel(link, scan_id)) if link else None


def with_channel(link: str, scan_id: str) -> str:
    """`link` with `customer_channel` set to `scan_id`, whatever it holds already; ValueError beyond 64 bytes."""
    if len(scan_id.encode("utf-8")) > MOST_BYTES:
        raise ValueError("customer_channel holds at most 64 bytes")
    parts = urlsplit(link)
    others = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != PARAMETER]
    query = urlencode([*others, (PARAMETER, scan_id)], quote_via=quote)
    return urlunsplit(parts._replace(query=query))
