"""The graph over HTTP: a SPARQL 1.1 Protocol endpoint, read-only, and pages to look at it with a browser.

    request --guard--> app --protocol--> job --pool--> worker (a process with the store) --> file --> response

Nothing here writes to the result, and no worker talks to the network.
"""
