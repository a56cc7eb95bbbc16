#include "stacks.h"

#include "elf.h"
#include "text.h"

#include <stdlib.h>

struct stacks {
    Dwfl *dwfl;
};

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_linux_proc_find_elf,
    .find_debuginfo = elf_no_debuginfo,
};

struct stacks *stacks_open(pid_t pid) {
    struct stacks *stacks = memory_zeroed(1, sizeof *stacks);
    stacks->dwfl = dwfl_begin(&callbacks);
    bool ok = stacks->dwfl != NULL;
    if (ok) {
        dwfl_report_begin(stacks->dwfl);
        ok = dwfl_linux_proc_report(stacks->dwfl, pid) == 0;
        dwfl_report_end(stacks->dwfl, NULL, NULL);
        ok = ok && dwfl_linux_proc_attach(stacks->dwfl, pid, false) == 0;
    }
    if (!ok) {
        stacks_close(stacks);
        return NULL;
    }
    return stacks;
}

void stacks_close(struct stacks *stacks) {
    if (!stacks)
        return;
    if (stacks->dwfl)
        dwfl_end(stacks->dwfl);
    free(stacks);
}

struct walk {
    bool (*visit)(void *context, uint64_t address);
    void *context;
    int frames;
};

enum { DEEPEST = 256 };

static int visit_frame(Dwfl_Frame *frame, void *argument) {
    struct walk *walk = argument;
    Dwarf_Addr pc;
    bool activation;
    if (walk->frames++ == DEEPEST || !dwfl_frame_pc(frame, &pc, &activation))
        return DWARF_CB_ABORT;
    return walk->visit(walk->context, activation ? pc : pc - 1) ? DWARF_CB_OK : DWARF_CB_ABORT;
}

bool stacks_walk(struct stacks *stacks, pid_t tid, bool (*visit)(void *context, uint64_t address),
                 void *context) {
    struct walk walk = {visit, context, 0};
    dwfl_getthread_frames(stacks->dwfl, tid, visit_frame, &walk);
    return walk.frames > 0;
}
