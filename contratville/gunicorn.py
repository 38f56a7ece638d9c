"""How gunicorn serves the application: few processes, several threads each; all from the environment."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# A process is renewed after a while, not all at once: what a library leaks does not grow for ever.
max_requests = 5_000
max_requests_jitter = 500
# Longer than any page takes; a thread that hangs frees its process after that.
timeout = 60
graceful_timeout = 30
keepalive = 5
# The heartbeat file in memory: a slow disk must not look like a dead process.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Signals and the service manager are enough; its socket would be one more file and one more door.
control_socket_disable = True
# Off by default: a proxy logs requests, and addresses of visitors need not be kept twice. « - »: standard output.
accesslog = os.environ.get("ACCESS_LOG") or None
logger_class = "contratville.access_log.AccessLogger"
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")
