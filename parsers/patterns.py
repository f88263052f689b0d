"""Named expressions of the display templates.

TTP takes a bar inside an inline `re()` for a pipe, so every expression has a name; a name also says
what a value is. All of them match inside one line of squeezed text: single blanks, no tab; letter case
makes no difference.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.records.kinds import RUI_SENTENCES

MOMENT: Final = r"\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: ?(?:UTC ?)?[+-]\d\d:\d\d|Z)?(?: DST)?"

COUNTER: Final = r"[A-Za-z][A-Za-z ]* ?: ?\d{1,20} packets"
UNKNOWN_LABEL: Final = r"[A-Za-z][\w ./()-]{0,60}?"

UNIT: Final = r"(?: ?\(?(?:c?s|ms|sec|second\(s\)|seconds?|min|minutes?|%)\)?)?"

PATTERNS: Final = {
    "label": UNKNOWN_LABEL,
    # values after a label; a label may stand without a value
    "word": r"\S*(?: ?\([^()]{1,40}\))?",
    "num": rf"\d{{1,18}}{UNIT}|-{{0,4}}",
    "num_or_off": rf"\d{{1,18}}{UNIT}|disabled?|-{{0,4}}",
    "timer": r"\d{1,9} ?[a-z]{0,8}|-*",
    "int": r"\d{1,18}",
    "phrase": r".*?",
    "text": r".*?",  # free text: labels inside it are not labels
    "host": r"(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}|[-.]*",
    "port_or_word": r"(?:50\|)?\d{0,3}[A-Za-z][A-Za-z-]* ?\d[\d/.:]*(?:\(\d+G\))?|\S*",
    "hex_or_int": r"0x[0-9a-f]+|\d{1,18}",
    "percent_value": r"\d{1,3}(?:\.\d{1,3})?%?|-*",
    # columns of a table
    "token": r"\S+",
    "port": r"(?:50\|)?\d{0,3}[A-Za-z][A-Za-z-]* ?\d[\d/.:]*(?: ?\(\d+G\))?",
    "address": r"(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}",
    "opt_length": r"(?:[ /]\d{1,3})?",
    "peer": r"(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}|-[-.]*",
    "name": r"(?![\d.]+$)\S+",
    "state_words": r"(?:administratively )?(?:up|down)",
    "opt_ifindex": r"(?: ?\(ifindex ?: ?\d+\))?",
    "port_mode": r"[A-Za-z]+ port",
    "prefix_only": r"(?:\d{1,3}\.){3}\d{1,3}/\d{1,2}",
    "counter_pairs": rf"{COUNTER}(?:,? {COUNTER})*",
    "opt_rest": r"(?: \S.*?)?",
    "route_prefix": r"(?:\d{1,3}\.){3}\d{1,3}/\d{1,2}",
    "route_flags": r"(?:[RDTB]{1,4} )?",
    "nd_state": r"[IRSDP]",
    "nd_type": r"[DSR]",
    "group_protocol": r"(?:igmp|mld)",
    "place": r"\d{1,3}(?: (?:engine|card) ID ?: ?\d{1,3})?",
    "comma": r",?",
    "opt_blank": r" ?",
    "token_remark": r"\S+(?: \([A-Za-z]{1,6}\))?",
    "mac": r"[0-9A-Fa-f]{1,4}(?:-[0-9A-Fa-f]{1,4}){2}|-{0,4}",
    "mac_token": r"[0-9A-Fa-f]{1,4}(?:-[0-9A-Fa-f]{1,4}){2}",
    "hex": r"0[xX][0-9A-Fa-f]+",
    "bits": r"[01]{8}",
    "mark": r"(?: ?\([A-Za-z]{1,10}\))?",
    "flags": r"(?: ?\([HhRr]{1,2}\))?",
    "opt_token": r"(?:\S+ )?",
    "rest": r"\S.*?",
    # words that a column may hold
    "selection": r"(?:selected|unselect|indep|unknown)",
    "link": r"(?:up|down|offline)",
    "one_to_one": r"[MmSs]",
    "member_kind": r"(?:eth-trunk|global-ve)",
    "work_mode": r"(?:auto|force-master|force-backup)",
    "e_trunk_role": r"(?:master|backup|initialize|init)",
    "remote_id": r"\d{1,9}|-*",
    "causation": r"[A-Za-z_]+",
    "trunk_name": r"(?:eth-trunk) ?\d{1,5}",
    "trunk_or_device": r"(?:eth-trunk) ?\d{1,5}|-",
    "letters": r"[A-Za-z][A-Za-z_-]*",
    "up_down": r"(?:up|down)",
    "phy_mark": r"[*^!#]?",
    "reason": r"(?: ?\([A-Za-z]{1,4}\))?",
    "percent": r"\d{1,3}(?:\.\d{1,3})?%|--",
    "decimal": r"\d{1,3}(?:\.\d{1,3})?",
    "prefix": r"(?:\d{1,3}\.){3}\d{1,3}/\d{1,2}|(?:unassigned)",
    "num_token": r"\d{1,18}|-{1,2}",
    "opt_num": r"(?:\d{1,9} )?",
    "port_or_none": r"(?:50\|)?\d{0,3}[A-Za-z][A-Za-z-]* ?\d[\d/.:]*(?:\(\d+G\))?|-{1,2}",
    "mac_or_word": r"[0-9A-Fa-f]{4}(?:-[0-9A-Fa-f]{4}){2}|(?:incomplete)",
    "arp_type": r"[A-Z] -|[A-Z]-{1,2}\d{0,4}|[A-Z]{1,2}\d{0,4}",
    "vlan_pair": r"(?:\d{1,4}|-)/(?:\d{1,4}|-)",
    "bfd_state": r"(?:up|down|admindown|init)",
    "bfd_mark": r"(?: ?\([w*]\))?",
    "hop": r"[A-Za-z]+(?: [A-Za-z]+)*",
    "vrrp_state": r"(?:master|backup|initialize|non-active)",
    "track_kind": r"[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*?",
    "duration": rf"\d{{1,9}}{UNIT}",
    "group_words": r"(?:(?:igmp|mld)(?: ssm-mapping)? groups?)",
    "source": r"\*|(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f:.]{2,45}",
    "three_flags": r"[A-Z-]{3}",
    "snooping_port": r"(?:50\|)?\d{0,3}[A-Za-z][A-Za-z-]* ?\d[\d/.:]*|PW",
    "parenthesis": r"(?: ?\([^()]{1,60}\))?",
    "ospf_state": r"(?:down|attempt|init|2-way|exstart|exchange|loading|full)",
    "bangs": r"[!.?]{1,200}",
    "product": r"[^()]{1,60}?",
    "release": r"V\d+R\d+C\d+\S*",
    "hardware": r"(?!VRP \(R\)|HUAWEI .{1,60} uptime is|MPU \(|Copyright).+?",
    "pic": r"\d{1,3}/\d{1,3}",
    "board": r"[A-Za-z]+[Bb]oard(?: ?\d+)?",
    "up_down_value": r"(?:administratively )?(?:up|down)(?:\([a-z]{1,4}\))?",
    "weekday": r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    "zone": r"[^()]{1,40}",
    "star": r"\*?",
    "opt_star": r"(?:\* )?",
    "star_or_none": r"[*-]",
    "opt_line": r"(?:(?:CON|VTY|AUX|TTY|NMS|NCA) \d{1,3} )?",
    "heading": r"-",
    # words of the displays of single objects
    "vlan_type": r"(?!(?:en|dis)able\b)[a-z][a-z-]*",
    "on_off": r"(?:en|dis)abled?",
    "acl_name": r"[^\s,]+",
    "rules": r"rules?,",
    "times": r"times?",
    "distinguisher": r"[\d.]+:\d+",
    "family": r"IPv[46]",
    "vpn_name": r"(?!error|info)[A-Za-z][\w.-]*",
    "numbers": r"\d{1,10}(?: \d{1,10})*",
    "log_time": r"[A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d(?:\.\d+)?(?: ?[+-]\d\d:\d\d)?(?: DST)?",
    "two_digits": r"\d\d",
    "module": r"[\w-]+",
    "mnemonic": r"\w+(?:\(\w+\))?",
    "prefix6": r"[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}/\d{1,3}",
    "letters_stop": r"[a-z]+\.?",
    "attributes": r"[d-][rwx-]{3}",
    "big_number": r"\d{1,3}(?:,\d{3})*|\d+|-",
    "file_time": r"[A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d",
    "opt_plus": r"(?:\+ ?)?",
    "line_name": r"(?:CON|VTY|AUX|TTY|NMS|NCA) \d{1,3}",
    "delay": r"\d{1,4}:\d\d:\d\d",
    "opt_address": r"(?:(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-F]{0,4}:[0-9A-F:.]{1,44}) )?",
    "pass": r"(?:not )?pass",
    "yes_no": r"(?:yes|no)",
    "opt_mark": r"(?: ?\*)?",
    "num_pair": r"(?:\d{1,10}|-)/(?:\d{1,10}|-)",
    "num_remark": r"\d{1,18}(?: ?\([a-z]+\))?",
    "dhcp_option": r"\*|\d{1,3}(?: ?\([^()]{1,60}\))?",
    # a moment, as in the manual's samples
    "moment": MOMENT,
    # not a new event: the description of the last one goes on
    "no_event": rf"(?!\d+ {MOMENT} |Total counts ).+?",
    # lines of a configuration, as they stand
    "sign": r"[+-]?",
    "indent": r" *",
    "config_text": r"(?!Building configuration|Commit changes of commitId)[^\s+-].*?",
    "config_line": r"(?!Error(?:\[\d+\])? ?:|\^$)\S.*?",
    "dots": r"[ .]*",
    "rui_sentence": "|".join(re.escape(sentence) for sentence in RUI_SENTENCES),
}
