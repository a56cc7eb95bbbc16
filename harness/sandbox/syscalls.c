#include "syscalls.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// The levels at which a call is refused, as bits.
enum {
    AT_C = 1 << SANDBOX_LANDLOCK,
    AT_B = 1 << SANDBOX_POLLED,
    AT_A = 1 << SANDBOX_FULL,
    ALWAYS = AT_A | AT_B | AT_C,
};

enum { KEEPER = 1 }; // the keeper's process id, where it is the first of its namespace

static const unsigned NEW_NAMESPACES = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                                       CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;

// Whole calls.
static const struct {
    const char *name;
    int answer;
    unsigned at;
} calls[] = {
    // Other views of the system, and other rights in them.
    {"mount", EPERM, ALWAYS},
    {"umount2", EPERM, ALWAYS},
    {"pivot_root", EPERM, ALWAYS},
    {"chroot", EPERM, ALWAYS},
    {"move_mount", EPERM, ALWAYS},
    {"open_tree", EPERM, ALWAYS},
    {"fsopen", EPERM, ALWAYS},
    {"fsconfig", EPERM, ALWAYS},
    {"fsmount", EPERM, ALWAYS},
    {"fspick", EPERM, ALWAYS},
    {"mount_setattr", EPERM, ALWAYS},
    {"unshare", EPERM, ALWAYS},
    {"setns", EPERM, ALWAYS},
    {"clone3", ENOSYS, ALWAYS}, // its flags cannot be looked at; the C library then uses clone
    {"open_by_handle_at", EPERM, ALWAYS},
    {"name_to_handle_at", EPERM, ALWAYS},
    // Large and rarely used parts of the kernel.
    {"bpf", EPERM, ALWAYS},
    {"perf_event_open", EPERM, ALWAYS},
    {"userfaultfd", EPERM, ALWAYS},
    {"io_uring_setup", ENOSYS, ALWAYS},
    {"io_uring_enter", ENOSYS, ALWAYS},
    {"io_uring_register", ENOSYS, ALWAYS},
    {"fanotify_init", EPERM, ALWAYS},
    {"add_key", EPERM, ALWAYS},
    {"request_key", EPERM, ALWAYS},
    {"keyctl", EPERM, ALWAYS},
    // The machine itself.
    {"kexec_load", EPERM, ALWAYS},
    {"kexec_file_load", EPERM, ALWAYS},
    {"reboot", EPERM, ALWAYS},
    {"init_module", EPERM, ALWAYS},
    {"finit_module", EPERM, ALWAYS},
    {"delete_module", EPERM, ALWAYS},
    {"swapon", EPERM, ALWAYS},
    {"swapoff", EPERM, ALWAYS},
    {"acct", EPERM, ALWAYS},
    {"quotactl", EPERM, ALWAYS},
    {"quotactl_fd", EPERM, ALWAYS},
    {"syslog", EPERM, ALWAYS},
    {"settimeofday", EPERM, ALWAYS},
    {"clock_settime", EPERM, ALWAYS},
    {"clock_adjtime", EPERM, ALWAYS},
    {"adjtimex", EPERM, ALWAYS},
    {"sethostname", EPERM, ALWAYS},
    {"setdomainname", EPERM, ALWAYS},
    {"iopl", EPERM, ALWAYS},
    {"ioperm", EPERM, ALWAYS},
    {"vhangup", EPERM, ALWAYS},
    // Other processes.
    {"pidfd_getfd", EPERM, ALWAYS},
    {"process_madvise", EPERM, ALWAYS},
    {"kcmp", EPERM, ALWAYS},
    // A filter of the program's own could keep a tool in its process from writing its report.
    {"seccomp", EPERM, ALWAYS},
    {"landlock_restrict_self", EPERM, ALWAYS},
    // Memory that is in no process, where only that of processes is looked at.
    {"memfd_secret", EPERM, ALWAYS},
    {"shmget", EPERM, AT_B | AT_C},
    // What outlives a process, or reaches others, without a namespace of its own.
    {"msgget", EPERM, AT_C},
    {"semget", EPERM, AT_C},
    {"mq_open", EPERM, AT_C},
    {"socket", EACCES, AT_C},
};

// Calls with certain arguments. The kernel takes the lower half of an int argument only, so a refused number is
// looked for there; one that is anything but the permitted number is refused whatever the upper half.
struct when {
    unsigned argument;
    enum { IS, IS_NOT } relation;
    unsigned number;
};
static const struct {
    const char *name;
    unsigned at;
    unsigned count;
    struct when when[2]; // all of them
} cases[] = {
    {"prlimit64", ALWAYS, 1, {{0, IS_NOT, 0}}}, // limits of others
    {"move_pages", ALWAYS, 1, {{0, IS_NOT, 0}}},
    {"migrate_pages", ALWAYS, 1, {{0, IS_NOT, 0}}},
    {"prctl", ALWAYS, 1, {{0, IS, PR_SET_SECCOMP}}},
    // Who hides from the keeper hides its hangs.
    {"prctl", ALWAYS, 2, {{0, IS, PR_SET_DUMPABLE}, {1, IS, 0}}},
    {"sched_setaffinity", AT_A | AT_B, 1, {{0, IS, KEEPER}}},
    {"sched_setscheduler", AT_A | AT_B, 1, {{0, IS, KEEPER}}},
    {"sched_setparam", AT_A | AT_B, 1, {{0, IS, KEEPER}}},
    {"sched_setattr", AT_A | AT_B, 1, {{0, IS, KEEPER}}},
    {"setpriority", ALWAYS, 2, {{0, IS, PRIO_PROCESS}, {1, IS_NOT, 0}}},
    {"setpriority", ALWAYS, 1, {{0, IS_NOT, PRIO_PROCESS}}},
    {"ioprio_set", ALWAYS, 1, {{1, IS_NOT, 0}}},
    // What is typed at a terminal.
    {"ioctl", ALWAYS, 1, {{1, IS, TIOCSTI}}},
    {"ioctl", ALWAYS, 1, {{1, IS, TIOCLINUX}}},
};

static struct scmp_arg_cmp comparison(const struct when *when) {
    if (when->relation == IS)
        return SCMP_CMP64(when->argument, SCMP_CMP_MASKED_EQ, UINT32_MAX, when->number);
    return SCMP_CMP64(when->argument, SCMP_CMP_NE, when->number, 0);
}

// A kernel or a library that does not know a call cannot be asked for it either.
static bool refuse(scmp_filter_ctx filter, const char *name, int answer, unsigned count,
                   const struct scmp_arg_cmp *when) {
    int number = seccomp_syscall_resolve_name(name);
    return number == __NR_SCMP_ERROR ||
           seccomp_rule_add_array(filter, SCMP_ACT_ERRNO((unsigned)answer), number, count, when) ==
               0;
}

static bool refuse_case(scmp_filter_ctx filter, size_t index) {
    struct scmp_arg_cmp when[2];
    for (unsigned k = 0; k < cases[index].count; k++)
        when[k] = comparison(&cases[index].when[k]);
    return refuse(filter, cases[index].name, EPERM, cases[index].count, when);
}

static bool refuse_namespaces(scmp_filter_ctx filter) {
    for (unsigned bit = 1; bit; bit <<= 1) {
        const struct scmp_arg_cmp when = SCMP_CMP64(0, SCMP_CMP_MASKED_EQ, bit, bit);
        if ((NEW_NAMESPACES & bit) && !refuse(filter, "clone", EPERM, 1, &when))
            return false;
    }
    return true;
}

bool syscalls_refuse(enum sandbox_level level, bool explores) {
    const unsigned here = 1U << level;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = filter && refuse_namespaces(filter);
    for (size_t i = 0; ok && i < sizeof calls / sizeof calls[0]; i++)
        ok = !(calls[i].at & here) || refuse(filter, calls[i].name, calls[i].answer, 0, NULL);
    for (size_t i = 0; ok && i < sizeof cases / sizeof cases[0]; i++)
        ok = !(cases[i].at & here) || refuse_case(filter, i);
    if (ok && !explores && (here & (AT_B | AT_C)))
        ok = refuse(filter, "memfd_create", EPERM, 0, NULL);
    int problem = ok ? seccomp_load(filter) : -ENOMEM;
    if (filter)
        seccomp_release(filter);
    errno = -problem;
    return problem == 0;
}
