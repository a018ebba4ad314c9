"""The models of the entities, one room per family (architecture.md §2)."""

from jushi.entities.models.activities import (
    Activity,
    ActivityOutput,
    ActivityParty,
    ActivityTag,
)
from jushi.entities.models.bases import (
    Base,
    Facility,
    Linkage,
    Observation,
    Plot,
    Production,
    Sample,
)
from jushi.entities.models.cases import (
    Case,
    CaseLink,
    CaseStep,
)
from jushi.entities.models.documents import (
    Access,
    Document,
    Publication,
    Stock,
)
from jushi.entities.models.planning import (
    Assessment,
    AssessmentScore,
    PlanItem,
    Routine,
    RoutineException,
)
from jushi.entities.models.projects import (
    Agreement,
    AgreementParty,
    FundFlow,
    Milestone,
    Progress,
    Project,
    ProjectParty,
)
from jushi.entities.models.registry import (
    Designation,
    DesignationPlace,
    Group,
    GroupMember,
    Household,
    Organisation,
    OrganisationAlias,
    Person,
)
from jushi.entities.models.results import (
    Achievement,
    AgriTech,
    IPRight,
)
from jushi.entities.models.schemes import (
    Application,
    ApplicationParty,
    Call,
    Platform,
    Recognition,
    RecognitionParty,
    Scheme,
)
from jushi.entities.models.surveys import (
    ExternalFigure,
    Return,
    Survey,
)

__all__ = [
    "Access",
    "Achievement",
    "Activity",
    "ActivityOutput",
    "ActivityParty",
    "ActivityTag",
    "Agreement",
    "AgreementParty",
    "AgriTech",
    "Application",
    "ApplicationParty",
    "Assessment",
    "AssessmentScore",
    "Base",
    "Call",
    "Case",
    "CaseLink",
    "CaseStep",
    "Designation",
    "DesignationPlace",
    "Document",
    "ExternalFigure",
    "Facility",
    "FundFlow",
    "Group",
    "GroupMember",
    "Household",
    "IPRight",
    "Linkage",
    "Milestone",
    "Observation",
    "Organisation",
    "OrganisationAlias",
    "Person",
    "PlanItem",
    "Platform",
    "Plot",
    "Production",
    "Progress",
    "Project",
    "ProjectParty",
    "Publication",
    "Recognition",
    "RecognitionParty",
    "Return",
    "Routine",
    "RoutineException",
    "Sample",
    "Scheme",
    "Stock",
    "Survey",
]
