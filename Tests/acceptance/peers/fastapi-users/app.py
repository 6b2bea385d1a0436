"""fastapi-users as its own documentation sets it up: SQLite, JWT bearer, every router.

DATA_DIR holds the database and the folder `mail`, where a message to a user is written as a file, in the form
that Watchword's own file transport has, so that one reader serves both. SECRET signs the tokens.
"""

import contextlib
import email.message
import itertools
import os
import pathlib
import uuid

from fastapi import Depends, FastAPI
from fastapi_users import BaseUserManager, FastAPIUsers, InvalidPasswordException, UUIDIDMixin, schemas
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, JWTStrategy
from fastapi_users.db import SQLAlchemyBaseUserTableUUID, SQLAlchemyUserDatabase
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

DATA = pathlib.Path(os.environ["DATA_DIR"])
SECRET = os.environ["SECRET"]
numbers = itertools.count(1)


class Base(DeclarativeBase):
    pass


class User(SQLAlchemyBaseUserTableUUID, Base):
    pass


class UserRead(schemas.BaseUser[uuid.UUID]):
    pass


class UserCreate(schemas.BaseUserCreate):
    pass


class UserUpdate(schemas.BaseUserUpdate):
    pass


engine = create_async_engine(f"sqlite+aiosqlite:///{DATA}/users.db")
make_session = async_sessionmaker(engine, expire_on_commit=False)


def mail(user, path, token):
    """Hands a token to its user."""
    message = email.message.EmailMessage()
    message["To"] = user.email
    message["From"] = "peer@localhost"
    message["Subject"] = path
    message.set_content(f"http://localhost/{path}?token={token}\n", cte="8bit")
    folder = DATA / "mail"
    folder.mkdir(exist_ok=True)
    made = folder / f"{next(numbers):06}.part"
    made.write_bytes(message.as_bytes(policy=message.policy.clone(max_line_length=0)))
    made.rename(made.with_suffix(".eml"))


class UserManager(UUIDIDMixin, BaseUserManager[User, uuid.UUID]):
    reset_password_token_secret = SECRET
    verification_token_secret = SECRET

    async def validate_password(self, password, user):
        # The rule whose answer the library's own documentation shows.
        if len(password) < 3:
            raise InvalidPasswordException(reason="Password should be at least 3 characters")

    async def on_after_forgot_password(self, user, token, request=None):
        mail(user, "reset-password", token)

    async def on_after_request_verify(self, user, token, request=None):
        mail(user, "verify", token)


async def user_manager():
    async with make_session() as session:
        yield UserManager(SQLAlchemyUserDatabase(session, User))


backend = AuthenticationBackend(
    name="jwt",
    transport=BearerTransport(tokenUrl="auth/jwt/login"),
    get_strategy=lambda: JWTStrategy(secret=SECRET, lifetime_seconds=3600),
)
users = FastAPIUsers[User, uuid.UUID](user_manager, [backend])


@contextlib.asynccontextmanager
async def lifespan(app):
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
app.include_router(users.get_auth_router(backend), prefix="/auth/jwt", tags=["auth"])
app.include_router(users.get_register_router(UserRead, UserCreate), prefix="/auth", tags=["auth"])
app.include_router(users.get_reset_password_router(), prefix="/auth", tags=["auth"])
app.include_router(users.get_verify_router(UserRead), prefix="/auth", tags=["auth"])
app.include_router(users.get_users_router(UserRead, UserUpdate), prefix="/users", tags=["users"])


@app.get("/authenticated-route")
async def authenticated(user: User = Depends(users.current_user(active=True))):
    return {"message": f"Hello {user.email}!"}
