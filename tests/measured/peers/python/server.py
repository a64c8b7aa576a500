"""The peer on FastAPI and uvicorn: Standard Webhooks with what Python brings, and a typed event."""

import base64
import hmac
import os
import platform
import socket
import time
from importlib.metadata import version

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

KEY = base64.b64decode(os.environ["SIGNED_SECRET"].removeprefix("whsec_"))
TOLERANCE = 5 * 60


class WorkRequest(BaseModel):
    id: str
    codigo: str
    titulo: str
    descripcion: str | None
    created: str


class Client(BaseModel):
    id: str
    codigo: str
    nombre_comercial: str
    nombre_legal: str
    caracteristicas: str | None
    nro_id: str
    direccion: str | None
    pais: str | None
    ciudad: str | None
    email: str | None
    telefono: str | None


class User(BaseModel):
    id: str
    nombre: str
    ap_paterno: str | None
    ap_materno: str | None
    email: str | None
    username: str
    descripcion: str | None


class Asset(BaseModel):
    id: str | None


class Data(BaseModel):
    object: WorkRequest
    client: Client
    user: User
    asset: Asset


class Event(BaseModel):
    created: str
    type: str
    data: Data


def is_proven(headers, body: bytes) -> bool:
    try:
        id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
        signatures = headers["webhook-signature"].split(" ")
        if abs(time.time() - int(timestamp)) > TOLERANCE:
            return False
    except (KeyError, ValueError):
        return False
    tag = hmac.digest(KEY, f"{id}.{timestamp}.".encode() + body, "sha256")
    expected = b"v1," + base64.b64encode(tag)
    return any(hmac.compare_digest(signature.encode(), expected) for signature in signatures)


app = FastAPI()


@app.post("/webhooks/signed")
async def signed(request: Request):
    body = await request.body()
    if not is_proven(request.headers, body):
        raise HTTPException(401)
    try:
        Event.model_validate_json(body)
    except ValidationError:
        raise HTTPException(422) from None
    return JSONResponse({"status": "accepted"}, headers={"cache-control": "no-store"})


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    what = f"FastAPI {version('fastapi')} on Python {platform.python_version()}"
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}, {what}", flush=True)
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error"))
    server.run(sockets=[listener])
