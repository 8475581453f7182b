"""The transport below the client: read-only, watched, without connections kept for later."""

import ssl
from collections.abc import Callable, Iterable, Iterator

import httpcore2
import httpx2

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http_watch import Watch, WatchedBackend


class ReadOnlyTransport(httpx2.BaseTransport):
    """Lets GET pass, and POST to the named reading paths; raises on everything else.

    Raises AppError ``request.not_read_only``, a bug of the caller, before anything is sent.
    """

    def __init__(self, inner: httpx2.BaseTransport, reads: frozenset[str]) -> None:
        self._inner = inner
        self._reads = reads

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a reading request on; raise on any other."""
        is_read = request.method == "POST" and request.url.path in self._reads
        if request.method != "GET" and not is_read:
            raise AppError(
                "request.not_read_only",
                recovery=Recovery.BUG,
                method=request.method,
                path=request.url.path,
            )
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, chunks: Iterable[bytes], close: Callable[[], None]) -> None:
        self._chunks = chunks
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks

    def close(self) -> None:
        self._close()


class SocketTransport(httpx2.BaseTransport):
    """One fresh connection a request, through the proxy if there is one, under the watch.

    Kept connections gain nothing here (few, big pages) and cost: MLflow 3's server stalls 40 ms
    on each reuse, and a connection closed meanwhile would need another kind of retry.
    """

    def __init__(self, tls: ssl.SSLContext, proxy: httpx2.Proxy | None, watch: Watch) -> None:
        backend = WatchedBackend(watch)
        self._pool: httpcore2.ConnectionPool
        if proxy is None:
            self._pool = httpcore2.ConnectionPool(
                ssl_context=tls, max_keepalive_connections=0, network_backend=backend
            )
        else:
            self._pool = httpcore2.HTTPProxy(
                str(proxy.url),
                proxy_auth=proxy.raw_auth,
                ssl_context=tls,
                proxy_ssl_context=tls if proxy.url.scheme == "https" else None,
                max_keepalive_connections=0,
                network_backend=backend,
            )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request; raises httpcore2's errors, and HttpFault from the watch."""
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        body = _Body(answer.iter_stream(), answer.close)
        return httpx2.Response(answer.status, headers=answer.headers, stream=body)

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()
