"""What gunicorn calls in each web process; ``semailles serve`` names this module to it."""

from webapp.extensions import collector


def post_worker_init(worker: object) -> None:
    """Take the collector in hand once the application is loaded."""
    del worker
    collector.hold()


def post_request(worker: object, request: object, environ: object, response: object) -> None:
    """Collect between two requests."""
    del worker, request, environ, response
    collector.collect()
