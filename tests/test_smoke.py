from tests.build import People


def test_every_role_can_be_seated(people: People) -> None:
    assert people.operator.memberships.get().agency == people.agency
