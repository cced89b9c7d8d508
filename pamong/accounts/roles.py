"""Roles are code: what each may do, where, and how to explain it to an auditor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """Where a role holds: the whole installation, several regions, one region, or one agency and those under it."""

    SITE = "site"
    NATION = "nation"
    REGION = "region"
    AGENCY = "agency"


class Permission(StrEnum):
    """One kind of act. Whether it is allowed *now* is for the policies of each feature."""

    MANAGE_SITE = "manage-site"
    READ_NATION = "read-nation"
    READ_REGION = "read-region"
    MANAGE_REGION = "manage-region"
    MANAGE_PEOPLE = "manage-people"
    READ_TRAIL = "read-trail"
    MANAGE_ASSESSMENT = "manage-assessment"
    CLAIM_INSTITUTION = "claim-institution"
    ADOPT = "adopt"
    READ_AGENCY = "read-agency"
    WRITE_INNOVATION = "write-innovation"
    CLAIM = "claim"
    SUBMIT = "submit"
    ENDORSE = "endorse"
    VERIFY = "verify"
    CONTROL_QUALITY = "control-quality"
    JUDGE = "judge"
    CONSULT = "consult"
    VISIT = "visit"


class Role(StrEnum):
    SITE_ADMIN = "site-admin"
    NATION_READER = "nation-reader"
    REGION_ADMIN = "region-admin"
    REGION_HEAD = "region-head"
    VERIFIER = "verifier"
    QUALITY_CONTROLLER = "quality-controller"
    AGENCY_HEAD = "agency-head"
    OPERATOR = "operator"
    JUROR = "juror"
    CONSULTANT = "consultant"
    ASSESSOR = "assessor"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """What a role is called, what it is for, where it holds, and what it allows."""

    label: str | Promise
    description: str | Promise
    scope: Scope
    permissions: frozenset[Permission]


def _role(label: str | Promise, description: str | Promise, scope: Scope, *permissions: Permission) -> RoleInfo:
    return RoleInfo(label, description, scope, frozenset(permissions))


P = Permission
ROLES: dict[Role, RoleInfo] = {
    Role.SITE_ADMIN: _role(
        _("Administrator situs"),
        _("Memasang daerah, mengundang administrator daerah, memeriksa jejak dan pesan keluar. Tidak membaca inovasi."),
        Scope.SITE, P.MANAGE_SITE, P.MANAGE_PEOPLE, P.READ_TRAIL,
    ),
    Role.NATION_READER: _role(
        _("Pembaca provinsi/nasional"),
        _("Membaca semua daerah dalam provinsinya, atau semua daerah bila tanpa provinsi. Tidak mengubah apa pun."),
        Scope.NATION, P.READ_NATION, P.READ_REGION,
    ),
    Role.REGION_ADMIN: _role(
        _("Administrator daerah"),
        _("Bappeda/Brida: membuka tahun penilaian, mengundang orang, mengisi indikator daerah, memantau, mengirim."),
        Scope.REGION, P.READ_REGION, P.MANAGE_REGION, P.MANAGE_PEOPLE, P.READ_TRAIL, P.MANAGE_ASSESSMENT,
        P.CLAIM_INSTITUTION, P.WRITE_INNOVATION, P.CLAIM, P.SUBMIT,
    ),
    Role.REGION_HEAD: _role(
        _("Kepala daerah"),
        _("Melihat kedudukan daerah dan menetapkan inovasi."),
        Scope.REGION, P.READ_REGION, P.ADOPT,
    ),
    Role.VERIFIER: _role(
        _("Verifikator"),
        _("Menilai bukti setiap indikator dengan tingkat dan alasannya sendiri; tidak pernah milik sendiri atau instansinya."),
        Scope.REGION, P.READ_REGION, P.VERIFY,
    ),
    Role.QUALITY_CONTROLLER: _role(
        _("Pengendali mutu"),
        _("Perguruan tinggi: memeriksa ulang hasil verifikasi."),
        Scope.REGION, P.READ_REGION, P.CONTROL_QUALITY,
    ),
    Role.AGENCY_HEAD: _role(
        _("Kepala perangkat daerah"),
        _("Melihat kedudukan instansinya dan mengesahkan yang dikirim atas namanya."),
        Scope.AGENCY, P.READ_AGENCY, P.ENDORSE,
    ),
    Role.OPERATOR: _role(
        _("Operator (pamong)"),
        _("Mencatat inovasi instansinya, mengklaim tingkat, melampirkan bukti, mengajukan."),
        Scope.AGENCY, P.READ_AGENCY, P.WRITE_INNOVATION, P.CLAIM, P.SUBMIT,
    ),
    Role.JUROR: _role(
        _("Juri"), _("Menilai karya lomba yang ditugaskan kepadanya."), Scope.REGION, P.JUDGE
    ),
    Role.CONSULTANT: _role(
        _("Konsultan klinik"), _("Mendampingi lewat klinik inovasi."), Scope.REGION, P.CONSULT
    ),
    Role.ASSESSOR: _role(
        _("Penilai lapangan"), _("Memeriksa di lapangan dengan daftar periksa."), Scope.REGION, P.VISIT
    ),
    Role.CITIZEN: _role(
        _("Warga"), _("Mengusulkan gagasan dan mengikuti lomba."), Scope.REGION
    ),
}  # fmt: skip


def roles_with(permission: Permission) -> frozenset[Role]:
    """Every role that allows ``permission``."""
    return frozenset(role for role, info in ROLES.items() if permission in info.permissions)
