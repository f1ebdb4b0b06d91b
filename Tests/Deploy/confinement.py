"""What a unit of systemd forbids its program, put on a process without systemd.

Run as a program, it confines itself as a unit says and becomes the command: `confinement.py UNIT COMMAND ARGUMENT…`.
Of the unit these are applied: NoNewPrivileges, MemoryDenyWriteExecute, RestrictAddressFamilies and the filter of system
calls, by the kernel's own means (seccomp and prctl), with the sets of calls that systemd itself names. Folders and
users are not.
"""

import ctypes
import errno
import os
import socket
import subprocess
import sys

# Source: linux/prctl.h.
PR_SET_NO_NEW_PRIVS, PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN = 38, 65, 1
# Source: seccomp.h: SCMP_ACT_ALLOW, SCMP_ACT_ERRNO, SCMP_CMP_EQ.
ALLOW, REFUSE, EQUAL = 0x7FFF0000, 0x00050000, 4


class Comparison(ctypes.Structure):
    """`struct scmp_arg_cmp`: a condition on one argument of a call."""

    _fields_ = [("argument", ctypes.c_uint), ("how", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def settings(unit):
    """The settings of a unit's file, each with its values in order."""
    found = {}
    with open(unit) as lines:
        for line in lines:
            name, separator, value = line.strip().partition("=")
            if separator and not line.startswith("#"):
                found.setdefault(name, []).append(value)
    return found


def calls(names):
    """The system calls of sets such as @system-service, as this systemd knows them."""
    single = {name for name in names if not name.startswith("@")}
    for name in set(names) - single:
        listed = subprocess.run(
            ["/usr/bin/systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True
        ).stdout.splitlines()[1:]
        single |= calls({line.strip() for line in listed if line.strip() and not line.strip().startswith("#")})
    return single


def allowed_calls(unit):
    allowed = set()
    for value in settings(unit)["SystemCallFilter"]:
        if value.startswith("~"):
            allowed -= calls(value[1:].split())
        else:
            allowed |= calls(value.split())
    return allowed


def confine(unit):
    """Confines this process, and what it becomes, for good."""
    given = settings(unit)
    assert given["SystemCallErrorNumber"] == ["EPERM"]
    assert given["MemoryDenyWriteExecute"] == given["NoNewPrivileges"] == ["yes"]
    libc = ctypes.CDLL(None, use_errno=True)
    for order in ((PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN), (PR_SET_NO_NEW_PRIVS, 1)):
        # A kernel before 6.3 does not know the first one: then that part is not tested here.
        if libc.prctl(*order, 0, 0, 0) != 0 and not (order[0] == PR_SET_MDWE and ctypes.get_errno() == errno.EINVAL):
            raise OSError(ctypes.get_errno(), f"prctl {order}")
    families = [getattr(socket, name) for name in given["RestrictAddressFamilies"][0].split()]
    _filter(allowed_calls(unit), families)


def _filter(allowed, families):
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    conditions = ctypes.POINTER(Comparison)
    library.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        conditions,
    ]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    context = library.seccomp_init(REFUSE | errno.EPERM)
    for name in allowed:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0 and name != "socket":
            _check(library.seccomp_rule_add_array(context, ALLOW, number, 0, None))
    number = library.seccomp_syscall_resolve_name(b"socket")
    for family in families:
        is_family = (Comparison * 1)(Comparison(0, EQUAL, family, 0))
        _check(library.seccomp_rule_add_array(context, ALLOW, number, 1, is_family))
    _check(library.seccomp_load(context))


def _check(result):
    if result != 0:
        raise OSError(-result, os.strerror(-result))


if __name__ == "__main__":
    confine(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])
