// For every kind of fault: how it is usually repaired, and the lesson that teaches it. A test checks that
// the lesson exists and has such a fault.
#include "explain.h"

const struct explanation explanations[FAULT_KINDS] = {
    [FAULT_DATA_RACE] = {"Hold one and the same lock around every access to it, also where it is "
                         "only read. Or make it an atomic, if a single operation on it is the "
                         "whole step. Or let one thread own it, and hand it over: through a "
                         "channel, or by joining the other thread before you look.",
                         2},
    [FAULT_LOCK_ORDER] = {"Take these locks in the same order everywhere, for example by their "
                          "addresses. Or hold only one of them at a time. Or let one lock guard "
                          "both things.",
                          7},
    [FAULT_DEADLOCK] = {"Break the circle: take the locks in the same order in every thread, or "
                        "give the first one back before you ask for the second, or use one lock "
                        "for both. Whoever waits for another thread must hold nothing that this "
                        "one needs.",
                        7},
    [FAULT_DOUBLE_LOCK] = {"Split the function in two: one that takes the lock and is called from "
                           "outside, and one that expects it to be held. Who holds the lock calls "
                           "only the second. A recursive mutex would hide the fault, not repair "
                           "it.",
                           6},
    [FAULT_STUCK_WAIT] = {"Ask who should wake this thread, and whether that can happen before it "
                          "waits: a signal that nobody waits for is lost. Wait in a `while` for "
                          "something that is written and tested under the same lock, and signal "
                          "after every change of it. When it is over, say so to everybody who "
                          "may wait (close, broadcast).",
                          10},
    [FAULT_LOCK_ACROSS_WAIT] = {"Give the lock back before you wait: copy what you need while you "
                                "hold it, wait without it, then take it again and look again. To "
                                "wait for a change of what the lock guards, use a condition "
                                "variable, which gives the lock back by itself.",
                                8},
    [FAULT_BLOCKING_IN_ASYNC] = {"Let the task say that it is not ready, and be woken when it is. "
                                 "What has to block belongs on a thread of its own, which wakes "
                                 "the task at its end.",
                                 16},
    [FAULT_USE_AFTER_FREE] = {"Free memory only when nobody can reach it any more. Let each holder "
                              "be counted in while the memory surely lives, under the lock by "
                              "which it was found, and let the last one free it. Or join the "
                              "threads that use it first.",
                              4},
    [FAULT_DOUBLE_FREE] = {"Let one owner free it. Where there are several, count them out in one "
                           "step that also tells who was the last, and only that one frees it.",
                           5},
    [FAULT_LEAK] = {"Say who owns the memory, and free it there, on every way out: after an error, "
                    "and when a thread ends early. If several share it, the last one frees it.",
                    5},
    [FAULT_STACK_ESCAPE] = {"Give the other thread memory that lives long enough: from malloc(), "
                            "or a static variable. Or join the thread before the function returns "
                            "whose variable it uses.",
                            0},
    [FAULT_BUFFER_OVERFLOW] = {"Compare the index with the size before the access, and hold the "
                               "lock that guards the size from the comparison to the access. "
                               "Count the bytes again where the memory is allocated.",
                               0},
    [FAULT_UNDEFINED_BEHAVIOUR] = {"Ask what this line takes for granted, and who could have "
                                   "changed it since it was tested. Test it under the lock under "
                                   "which it is used; after a wait, test it again: `while`, not "
                                   "`if`.",
                                   12},
    [FAULT_MEMORY_GROWTH] = {"Set a bound to what may wait: a queue with a capacity, whose sender "
                             "waits while it is full. Or start fewer threads, and let each do "
                             "many jobs.",
                             11},
    [FAULT_LOCK_MISUSE] = {"Unlock in the thread that has locked, once, on every way out of the "
                           "function. Initialise a lock before the first thread can use it, and "
                           "destroy it when the last one has been joined.",
                           0},
    [FAULT_THREAD_LEAK] = {"Join the thread where you need its end. If nobody waits for it, detach "
                           "it.",
                           0},
    [FAULT_THREAD_SAFETY] = {"Take the lock that the annotation names before the access, and give "
                             "it back on every way out. Leave the annotations as they are: they "
                             "say what must be true.",
                             3},
    [FAULT_WRONG_OUTPUT] =
        {"Ask what makes the order of these lines, or the total: threads come in "
         "any order unless something makes one wait for the other. Print when "
         "all have been joined, or sort first. A number that is too small is "
         "mostly a lost update: guard it.",
         21},
    [FAULT_WRONG_RESULT] = {"Think of two threads in this function at the same moment, one stopped "
                            "between any two of its lines. A test and what depends on it must be "
                            "one step, under one lock.",
                            2},
    [FAULT_WRONG_EXIT] =
        {"Read what the program says on its standard error, and find the test that "
         "set the status. Then ask whether another thread may come before it.",
         0},
    [FAULT_CRASH] = {"Ask which pointer, index or count this line takes for granted, and who could "
                     "have changed it since it was tested. Test and use it in one step, under one "
                     "lock; after a wait, test it again: `while`, not `if`.",
                     12},
    [FAULT_TIMEOUT] = {"Look for a loop that waits for something that nobody changes any more, and "
                       "let it wait on a condition variable instead. If the program only needs "
                       "longer, give it less to do, or more with --timeout.",
                       0},
    [FAULT_OUTPUT_LIMIT] = {"Look for a loop that prints and does not end.", 0},
    [FAULT_COMPILE_ERROR] = {"Repair what the first message says, then compile again: those below "
                             "often follow from it.",
                             0},
};
