"""Tables: the cloud's rows. The tenant comes first in every key, so a chain can be spread over many databases."""
