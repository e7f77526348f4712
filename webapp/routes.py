"""Permission required by each route; a route without an entry is refused to everyone."""

from collections.abc import Mapping
from types import MappingProxyType

from webapp.accounts.permissions import Action

# Action -> blueprint -> view names.
_DECLARED: dict[Action, dict[str, str]] = {
    Action.READ: {
        "": "static",
        "public": "home token service_worker guard_rules",
        "walls": "show state",
        "roadmap": "show item download",
        "versions": "home show item compare feed",
        "open_data": "home table table_schema datapackage",
        "api": (
            "describe show_roadmap list_versions list_items show_item list_sources "
            "show_ledger list_indicators"
        ),
        "pages": "show",
        "signals": "healthz readyz security_txt",
        "local_roadmaps": "read_all",
    },
    Action.SIGN_IN: {
        "account": "sign_in enter ask_code enter_code sign_out",
        "account_links": "show use",
        "sso": "begin come_back confirm enter left leave",
    },
    Action.SPEAK: {
        "public": "join contribute submit",
        "surveys": "ask answer thank",
        "reactions": "react",
    },
    Action.SUPPORT: {
        "mine": "ballot give take_back",
    },
    Action.FOLLOW: {
        "public": "receipt",
        "mine": "ideas",
        "follow": "lookup show withdraw",
        "access_requests": "show_own download_own ask_to_erase erase",
    },
    Action.WRITE_NOTES: {
        "tables": "show enter take_back slip slips",
    },
    Action.READ_STAND: {
        "stands": "read",
    },
    Action.OPEN_DESK: {
        "desk": "home room room_state",
    },
    Action.RUN_WORKSHOP: {
        "stands": "home show give_link",
        "workshops": (
            "new create show edit save set_state add_prompt ask set_timer set_wall "
            "set_support add_tables renew_table"
        ),
        "reports": "restitution",
    },
    Action.PRINT: {
        "printing": "posters poster cards sheets",
    },
    Action.KEY_PAPER: {
        "paper": "enter save take_back check confirm correct replace slip slips",
    },
    Action.IMPORT_TEXTS: {
        "imports": "choose send preview check store",
    },
    Action.RUN_SURVEY: {
        "surveys": "home create show add_question remove_question set_state send_texts export",
    },
    Action.MODERATE: {
        "moderation": "queue publish_many show decide pause_device resume_device",
        "surges": "show set_aside resume",
        "maskings": "home confirm",
    },
    Action.REVIEW: {
        "board": "show contributions show_map show_ledger show_cluster",
        "clusters": (
            "rename summarise accept reopen attach merge split dissolve promote join_item"
        ),
        "placements": "move isolate set_aside merge",
        "contributions": "show cut",
        "reviews": "show news confirm undo undo_last redo_last",
        "reports": "synthesis",
    },
    Action.ANALYSE: {
        "runs": "request home show progress cancel",
    },
    Action.WRITE_ITEM: {
        "steering": "item save set_status",
        "arrangements": "split",
        "parts": (
            "show add_milestone complete remove_milestone add_money remove_money add_link "
            "remove_link"
        ),
        "indicators": "add save remove measure import_file forget",
    },
    Action.READ_COMMITTEE: {
        "copil": "home synthesis",
        "meetings": "home show minutes",
    },
    Action.HOLD_MEETING: {
        "meetings": "plan save add_point remove_point decide close",
    },
    Action.PUBLISH: {
        "versions": "withdraw",
        "steering": "publish",
    },
    Action.STEER: {
        "agreements": "show",
        "steering": "home preview",
        "arrangements": "choose_basis save_many merge",
    },
    Action.MAKE_DOCUMENTS: {
        "exports": "home request show progress download archive",
    },
    Action.SET_MODELS: {
        "document_models": (
            "home download propose preview adopt discard reset download_former put_back"
        ),
    },
    Action.SET_LISTS: {
        "alignments": "home add_measure save remove",
        "organisations": "home add edit save remove",
        "reference_imports": "choose send preview store",
        "reference_lists": "home add edit save retire restore move",
    },
    Action.SET_PROGRAMME: {
        "conferences": "home create show save",
        "programme": "choose send preview store",
    },
    Action.OPEN_REACTIONS: {
        "reactions": "show_window set_window close_window",
    },
    Action.TAKE_UP: {
        "local_roadmaps": ("home create show edit save add_own take_up give_back publish preview"),
    },
    Action.RESTORE: {
        "roadmap_imports": "choose restore send preview check store",
    },
    Action.ADMINISTER: {
        "administration": "home permissions read_journal export_journal check_journal",
        "retention": "home save",
        "notices": "home save",
        "accounts": ("home invite show save make_link deactivate reactivate reset_second_factor"),
    },
    Action.KEEP_ACCOUNT: {
        "my_account": "home change_password end_session end_others",
    },
    Action.ENROL: {
        "second_factors": "show enable renew_codes remove",
    },
}
ROUTES: Mapping[str, Action] = MappingProxyType(
    {
        f"{blueprint}.{name}".lstrip("."): action
        for action, blueprints in _DECLARED.items()
        for blueprint, names in blueprints.items()
        for name in names.split()
    }
)
