// docker [--old-kernel] COMMAND…: runs COMMAND with the calls refused that Docker's usual profile refuses to a
// container without capabilities: those that make namespaces, mount, and fix addresses. An old kernel has no
// Landlock either.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

int main(int argc, char **argv) {
    static const int spaces[] = {CLONE_NEWUSER, CLONE_NEWNS,     CLONE_NEWPID, CLONE_NEWNET,
                                 CLONE_NEWIPC,  CLONE_NEWCGROUP, CLONE_NEWUTS};
    static const int calls[] = {SCMP_SYS(unshare),    SCMP_SYS(setns),   SCMP_SYS(mount),
                                SCMP_SYS(pivot_root), SCMP_SYS(umount2), SCMP_SYS(open_tree),
                                SCMP_SYS(move_mount), SCMP_SYS(fsopen)};
    bool old = argc > 1 && strcmp(argv[1], "--old-kernel") == 0;
    char **command = argv + 1 + old;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int failed = filter == NULL;
    for (size_t i = 0; !failed && i < sizeof calls / sizeof calls[0]; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0);
    for (size_t i = 0; !failed && i < sizeof spaces / sizeof spaces[0]; i++)
        failed = seccomp_rule_add(
            filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
            SCMP_A0(SCMP_CMP_MASKED_EQ, (scmp_datum_t)spaces[i], (scmp_datum_t)spaces[i]));
    // It cannot look into clone3's arguments, and has the C library fall back on clone.
    failed = failed || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) ||
             seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(personality), 1,
                              SCMP_A0(SCMP_CMP_EQ, ADDR_NO_RANDOMIZE));
    if (!failed && old)
        failed =
            seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0);
    failed = failed || seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0) || seccomp_load(filter);
    if (failed || !*command) {
        fputs("docker: needs root, libseccomp and a command\n", stderr);
        return 2;
    }
    execvp(*command, command);
    perror(*command);
    return 2;
}
