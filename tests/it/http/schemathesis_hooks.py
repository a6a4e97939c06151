"""What no answer may be. A 503 that says when to come back is one; the busy machine that tests run on may give it."""

import schemathesis


@schemathesis.check
def no_fault(context, response, case):
    tells_when = response.status_code == 503 and "retry-after" in response.headers
    assert response.status_code < 500 or tells_when, f"{response.status_code}: {response.text}"
