"""What the environment allows callers."""

from bot.settings import Environment
from bot.web.limits import Allowance


def allowance_of(environment: Environment) -> Allowance:
    """Return the limits as the environment sets them."""
    return Allowance(
        messages_per_minute=environment.limit_messages_per_minute,
        message_burst=environment.limit_message_burst,
        frames_per_minute=environment.limit_frames_per_minute,
        sessions_per_hour=environment.limit_sessions_per_hour,
        sockets_per_visitor=environment.limit_sockets_per_visitor,
        sockets_per_address=environment.limit_sockets_per_address,
        sockets_per_operator=environment.limit_sockets_per_operator,
        faq_per_minute=environment.limit_faq_per_minute,
        bad_frames_per_minute=environment.limit_bad_frames_per_minute,
        api_per_minute=environment.limit_api_per_minute,
        sockets=environment.limit_sockets,
        queue_bytes=environment.limit_queue_bytes,
        frame_bytes=environment.limit_frame_bytes,
        body_bytes=environment.limit_body_bytes,
        text_chars=environment.limit_text_chars,
        replay_messages=environment.limit_replay_messages,
        hello_s=environment.limit_hello_seconds,
        unread_s=environment.limit_unread_seconds,
        session_idle_hours=environment.limit_session_idle_hours,
        session_days=environment.limit_session_days,
        login_tries=environment.limit_login_tries,
        login_idle_hours=environment.limit_login_idle_hours,
        login_days=environment.limit_login_days,
        is_on=environment.limits == "on",
        trusted_proxies=environment.trusted_proxies,
    )
