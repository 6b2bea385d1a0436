"""Reverse proxies as people run them: nginx and Caddy of Debian, each in a folder of its own, on loopback."""

import contextlib
import os
import pathlib
import shutil
import subprocess

from server import accepts
from waiting import until

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CADDY = shutil.which("caddy") or "/usr/bin/caddy"

NGINX_AROUND = """
daemon off;
pid {folder}/nginx.pid;
worker_processes 1;
events {{ worker_connections 128; }}
http {{
    access_log off;
    client_body_buffer_size 128k;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{inside}
}}
"""

CADDY_AROUND = """
{{
	admin off
	auto_https off
	storage file_system {folder}/storage
}}
{inside}
"""


@contextlib.contextmanager
def nginx(folder, inside, port):
    """Runs with what stands in its `http` block, until it is left."""
    file = written(folder, "nginx.conf", NGINX_AROUND, inside)
    with running([NGINX, "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")], folder, port):
        yield


@contextlib.contextmanager
def caddy(folder, inside, port):
    """Runs with these sites, until it is left."""
    file = written(folder, "Caddyfile", CADDY_AROUND, inside)
    with running([CADDY, "run", "--adapter", "caddyfile", "--config", str(file)], folder, port):
        yield


def written(folder, name, around, inside):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    file = folder / name
    file.write_text(around.format(folder=folder, inside=inside))
    return file


@contextlib.contextmanager
def running(command, folder, port):
    log = folder / "log.txt"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    with open(log, "wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=environment)
    try:
        until(lambda: accepts(port) or process.poll() is not None, told=log.read_text)
        assert process.poll() is None, log.read_text()
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
