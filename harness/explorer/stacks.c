#include "stacks.h"

#include "set.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MAIN_ABOVE = 4096 }; // of main's stack, beyond the frame that calls main

static uintptr_t room, end, main_end;
static size_t guard; // a page

int stacks_open(void) {
    guard = (size_t)sysconf(_SC_PAGESIZE);
    void *mapped = mmap(NULL, (size_t)THREADS_MOST * STACK_ROOM, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    room = (uintptr_t)mapped;
    end = room + (size_t)THREADS_MOST * STACK_ROOM;
    main_end = (uintptr_t)__builtin_frame_address(0) + MAIN_ABOVE;
    return mapped == MAP_FAILED ? errno : 0;
}

void *stack_take(unsigned thread, size_t size) {
    size = (size + guard - 1) & ~(guard - 1);
    if (size > STACK_MOST)
        size = STACK_MOST;
    char *base = (char *)stack_end(thread) - size;
    return mprotect(base - guard, guard, PROT_NONE) == 0 ? base : NULL;
}

int stack_owner(uintptr_t address) {
    if (address >= room && address < end)
        return (int)((address - room) / STACK_ROOM);
    return address < main_end && address >= main_end - STACK_ROOM ? 0 : -1;
}

uintptr_t stack_end(unsigned thread) {
    return thread ? room + (size_t)(thread + 1) * STACK_ROOM : main_end;
}
