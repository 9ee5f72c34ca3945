-- Three table functions that make the data of the demo, with the standard library alone.

CREATE FUNCTION ENGAGEMENT.GEN_MEMBERS(NUM_RECORDS NUMBER)
RETURNS TABLE (MEMBER_ID NUMBER, EMAIL VARCHAR, NAME VARCHAR, MEMBER_TYPE VARCHAR, SIGNUP_DATE DATE, REGION VARCHAR)
LANGUAGE PYTHON
RUNTIME_VERSION = '3.11'
HANDLER = 'Members'
AS $$
import random
from datetime import date, timedelta

FIRST = ["Ada", "Ben", "Cleo", "Dev", "Elif", "Finn", "Gus", "Hana", "Ivo", "June", "Kofi", "Lena", "Mika", "Noor", "Omar", "Pia"]
LAST = ["Abbott", "Bauer", "Costa", "Diaz", "Ellis", "Fox", "Greco", "Hill", "Ito", "Jones", "Kaur", "Lopez", "Moore", "Novak"]
TYPES = ["free"] * 6 + ["registered"] * 3 + ["premium"]
REGIONS = ["Northeast", "Southeast", "Midwest", "Southwest", "West"]


class Members:
    def process(self, num_records):
        for number in range(10001, 10001 + num_records):
            first, last = random.choice(FIRST), random.choice(LAST)
            signup = date.today() - timedelta(days=random.randrange(730))
            email = f"{first}.{last}.{number}@example.org".lower()
            yield (number, email, f"{first} {last}", random.choice(TYPES), signup, random.choice(REGIONS))
$$;

CREATE FUNCTION ENGAGEMENT.GEN_RESOURCES(NUM_RECORDS NUMBER)
RETURNS TABLE (RESOURCE_ID NUMBER, TITLE VARCHAR, CONTENT_TYPE VARCHAR, TOPIC VARCHAR, DIFFICULTY_LEVEL VARCHAR, PUBLISH_DATE DATE,
  ESTIMATED_MINUTES NUMBER)
LANGUAGE PYTHON
RUNTIME_VERSION = '3.11'
HANDLER = 'Resources'
AS $$
import random
from datetime import date, timedelta

TYPES = ["article", "video", "tool", "webinar", "guide"]
TOPICS = ["focus", "reading", "learning", "parenting", "school"]
LEVELS = ["beginner", "intermediate", "advanced"]
OPENINGS = ["How to begin with", "Five facts about", "What helps with", "Questions about", "A week of"]


class Resources:
    def process(self, num_records):
        for number in range(100, 100 + num_records):
            topic, kind = random.choice(TOPICS), random.choice(TYPES)
            published = date.today() - timedelta(days=random.randrange(1000))
            title = f"{random.choice(OPENINGS)} {topic}, no. {number}"
            yield (number, title, kind, topic, random.choice(LEVELS), published, random.randint(2, 60))
$$;

CREATE FUNCTION ENGAGEMENT.GEN_INTERACTIONS(NUM_RECORDS NUMBER, NDAYS NUMBER)
RETURNS TABLE (MEMBER_ID NUMBER, EVENT_DATA VARIANT)
LANGUAGE PYTHON
RUNTIME_VERSION = '3.11'
HANDLER = 'Interactions'
AS $$
import random
import uuid
from datetime import datetime, timedelta

EVENTS = ["page_view", "video_start", "video_complete", "download", "share", "bookmark"]
DEVICES = ["desktop", "mobile", "tablet"]


class Interactions:
    def process(self, num_records, ndays):
        """Sessions of one to eight events; the members and resources are those of GEN_MEMBERS(1000) and GEN_RESOURCES(100)."""
        left = num_records
        while left > 0:
            events = min(left, random.randint(1, 8))
            left -= events
            member, session, device = random.randint(10001, 11000), uuid.uuid4().hex, random.choice(DEVICES)
            moment = datetime.now() - timedelta(seconds=random.randrange(ndays * 86400))
            for _ in range(events):
                seconds = random.randint(5, 600)
                yield (member, {
                    "resource_id": random.randint(100, 199), "event_type": random.choice(EVENTS), "session_id": session,
                    "timestamp": moment.strftime("%Y-%m-%d %H:%M:%S"), "engagement_seconds": seconds, "device_type": device,
                })
                moment += timedelta(seconds=seconds)
$$;
