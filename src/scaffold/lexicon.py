"""Believable values for the example entries of an app, without a library of fakes.

Three values for a field are enough: an app that starts with three plausible entries shows what
it is for. They come from what the resource is (a book has known titles), else from the
field's name (an `author` is a person), else from its type.
"""

from scaffold.resources import Field, Resource

Value = str | int | float | bool
Three = tuple[Value, Value, Value]

PEOPLE = ("Ada Lovelace", "Alan Turing", "Grace Hopper")
CITIES = ("Lisbon", "Kyoto", "Montreal")
SENTENCES = (
    "Worth coming back to.",
    "Recommended by a friend.",
    "Still to be looked at more closely.",
)

# What is well known about a resource, by its name and then by the field's.
CATALOGUE: dict[str, dict[str, Three]] = {
    "book": {
        "title": ("Dune", "The Dispossessed", "Frankenstein"),
        "author": ("Frank Herbert", "Ursula K. Le Guin", "Mary Shelley"),
        "summary": (
            "A desert planet, a rare spice and a family that is sent to rule both.",
            "A physicist travels between two worlds that have little left to say.",
            "A student makes a living being and will not answer for it.",
        ),
        "pages": (412, 341, 280),
        "year": (1965, 1974, 1818),
        "isbn": ("978-0-441-17271-9", "978-0-06-051275-3", "978-0-14-143947-1"),
    },
    "movie": {
        "title": ("Metropolis", "Spirited Away", "Casablanca"),
        "director": ("Fritz Lang", "Hayao Miyazaki", "Michael Curtiz"),
        "year": (1927, 2001, 1942),
        "minutes": (153, 125, 102),
    },
    "album": {
        "title": ("Kind of Blue", "Abbey Road", "Homogenic"),
        "artist": ("Miles Davis", "The Beatles", "Björk"),
        "year": (1959, 1969, 1997),
    },
    "song": {
        "title": ("So What", "Here Comes the Sun", "Jóga"),
        "artist": ("Miles Davis", "The Beatles", "Björk"),
        "album": ("Kind of Blue", "Abbey Road", "Homogenic"),
    },
    "recipe": {
        "title": ("Lentil soup", "Apple crumble", "Flatbread"),
        "minutes": (40, 55, 25),
        "servings": (4, 6, 2),
    },
    "task": {
        "title": ("Water the plants", "Call the landlord", "Book the train"),
    },
    "post": {
        "title": ("Hello, world", "What I learned this week", "A small rewrite"),
    },
    "note": {
        "title": ("Ideas for the garden", "Meeting on Monday", "Words to look up"),
    },
    "event": {
        "title": ("Reading circle", "Summer concert", "Repair café"),
    },
    "product": {
        "name": ("Walnut desk lamp", "Linen notebook", "Enamel mug"),
        "price": ("48.00", "12.50", "9.90"),
    },
    "plant": {
        "name": ("Boston fern", "Snake plant", "Peace lily"),
    },
    "pet": {
        "name": ("Mochi", "Biscuit", "Pepper"),
    },
    "category": {
        "name": ("Garden", "Kitchen", "Travel"),
    },
    "country": {
        "name": ("Portugal", "Japan", "Canada"),
    },
    "shopping_list": {
        "name": ("Weekend", "Birthday party", "Hardware store"),
    },
}
CATALOGUE["film"] = CATALOGUE["movie"]
CATALOGUE["todo"] = CATALOGUE["task"]
CATALOGUE["article"] = CATALOGUE["post"]
CATALOGUE["item"] = CATALOGUE["product"]
CATALOGUE["city"] = {"name": CITIES}

# Resources whose entries are people, and fields that hold a person.
PERSONS = frozenset(
    [
        "actor",
        "artist",
        "assignee",
        "author",
        "candidate",
        "client",
        "composer",
        "contact",
        "creator",
        "customer",
        "director",
        "doctor",
        "editor",
        "employee",
        "friend",
        "guest",
        "host",
        "instructor",
        "lead",
        "manager",
        "mentor",
        "musician",
        "owner",
        "participant",
        "patient",
        "person",
        "photographer",
        "player",
        "recipient",
        "reviewer",
        "sender",
        "singer",
        "speaker",
        "student",
        "teacher",
        "tutor",
        "volunteer",
        "writer",
    ]
)
TITLES = frozenset({"title", "name", "label", "subject", "heading", "headline"})

# By the last word of a field's name, for each type where that word means something.
WORDS: dict[str, dict[str, Three]] = {
    "str": {
        "first_name": ("Ada", "Alan", "Grace"),
        "last_name": ("Lovelace", "Turing", "Hopper"),
        "address": ("12 Mill Lane", "4 Station Road", "27 Harbour Street"),
        "brand": ("Northwind", "Bluebird", "Fieldstone"),
        "city": CITIES,
        "code": ("A-101", "B-204", "C-317"),
        "color": ("green", "blue", "amber"),
        "colour": ("green", "blue", "amber"),
        "company": ("Northwind", "Bluebird", "Fieldstone"),
        "country": ("Portugal", "Japan", "Canada"),
        "genre": ("mystery", "history", "science"),
        "isbn": ("978-0-441-17271-9", "978-0-06-051275-3", "978-0-14-143947-1"),
        "language": ("English", "Portuguese", "Japanese"),
        "location": ("Main library", "Town hall", "Riverside park"),
        "phone": ("+1 555 0100", "+1 555 0101", "+1 555 0102"),
        "place": ("Main library", "Town hall", "Riverside park"),
        "publisher": ("Northwind Press", "Bluebird Books", "Fieldstone"),
        "sku": ("A-101", "B-204", "C-317"),
        "street": ("12 Mill Lane", "4 Station Road", "27 Harbour Street"),
        "tag": ("favourite", "new", "later"),
        "unit": ("kg", "m", "l"),
        "venue": ("Main library", "Town hall", "Riverside park"),
        "version": ("1.0", "1.1", "2.0"),
    },
    "text": {
        "ingredients": (
            "Red lentils, an onion, carrots, cumin.",
            "Apples, oats, butter, brown sugar.",
            "Flour, water, salt, olive oil.",
        ),
    },
    "int": {
        "age": (36, 41, 29),
        "calories": (420, 310, 95),
        "capacity": (40, 120, 12),
        "duration": (40, 55, 25),
        "height": (182, 75, 120),
        "hours": (2, 5, 1),
        "length": (90, 45, 60),
        "minutes": (40, 55, 25),
        "month": (3, 6, 11),
        "pages": (412, 341, 280),
        "percent": (80, 45, 100),
        "population": (545000, 1460000, 1780000),
        "price": (48, 12, 9),
        "rating": (5, 4, 3),
        "score": (87, 92, 74),
        "servings": (4, 6, 2),
        "stars": (5, 4, 3),
        "time": (40, 55, 25),
        "weight": (70, 12, 5),
        "width": (90, 45, 60),
        "year": (2019, 2022, 2024),
    },
    "float": {
        "height": (1.82, 0.75, 1.2),
        "latitude": (38.72, 35.01, 45.5),
        "longitude": (-9.14, 135.77, -73.57),
        "rating": (4.5, 3.5, 5.0),
        "temperature": (21.5, 18.0, 30.5),
        "weight": (2.5, 0.4, 12.0),
    },
    "decimal": {
        "budget": ("1500.00", "320.00", "90.00"),
        "salary": ("3200.00", "4100.00", "2850.00"),
    },
}
DEFAULTS: dict[str, Three] = {
    "text": SENTENCES,
    "int": (3, 5, 8),
    "float": (2.5, 4.0, 7.5),
    "decimal": ("12.50", "48.00", "9.90"),
    "bool": (True, False, False),
    "date": ("2026-03-14", "2026-05-02", "2026-01-31"),
    "datetime": (
        "2026-03-14T18:30:00Z",
        "2026-05-02T09:00:00Z",
        "2026-01-31T12:15:00Z",
    ),
}


def entries(resource: Resource, field: Field) -> Three:
    """Return three believable values for a field, as JSON carries them.

    They keep to the limits of the type, and differ from each other except for `bool` and
    `choice`.
    """
    known = CATALOGUE.get(resource.name, {}).get(field.name)
    if known and _fits(field.type, known):
        return known
    match field.type:
        case "choice":
            return _choices(field)
        case "url":
            return _urls(resource)
        case "email":
            return ("ada@example.com", "alan@example.com", "grace@example.com")
        case "str":
            return _strings(resource, field)
        case kind:
            return _by_name(field) or DEFAULTS[kind]


def _fits(kind: str, values: Three) -> bool:
    """Tell whether values from the catalogue are of the type the user chose."""
    if kind == "decimal":
        return all(isinstance(value, str) and "." in value for value in values)
    python = {"str": str, "text": str, "int": int}.get(kind)
    return python is not None and all(type(value) is python for value in values)


def _by_name(field: Field) -> Three | None:
    """Return what the field's whole name, or its last word, stands for."""
    words = WORDS.get(field.type, {})
    last = field.name.rpartition("_")[2]
    for word in (field.name, last, last.removesuffix("s")):
        if word in words:
            return words[word]
    return None


def _choices(field: Field) -> Three:
    """Return the first choices, turning back to the beginning where there are two."""
    first, second, *others = field.choices
    return (first, second, others[0] if others else first)


def _urls(resource: Resource) -> Three:
    """Return addresses under the domain that is kept for examples."""
    site = f"https://example.com/{resource.plural.replace('_', '-')}"
    return (f"{site}/first", f"{site}/second", f"{site}/third")


def _strings(resource: Resource, field: Field) -> Three:
    """Return short texts: a person, a title, or what the field's name says."""
    last = field.name.rpartition("_")[2]
    kind = resource.name.rpartition("_")[2]
    if last in PERSONS or (kind in PERSONS and field.name in TITLES):
        return PEOPLE
    if named := _by_name(field):
        return named
    if field == resource.title_field or last in TITLES:
        label = resource.name.replace("_", " ")
        return (f"Sunday {label}", f"Favourite {label}", f"First {label}")
    label = field.name.replace("_", " ").capitalize()
    return (f"{label} one", f"{label} two", f"{label} three")
