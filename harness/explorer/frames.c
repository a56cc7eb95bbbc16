#include "frames.h"

#include "report.h"

enum { FRAMES = 16 }; // of the runtime, at most

// The call is known by where it returns to.
uintptr_t frames_of_program(uint32_t place) {
    const uintptr_t *frame = __builtin_frame_address(0);
    for (int i = 0; place && i < FRAMES; i++) {
        if (report_place((const void *)frame[1]) == place)
            return (uintptr_t)(frame + 2);
        if (frame[0] <= (uintptr_t)frame)
            break;
        frame = (const uintptr_t *)frame[0];
    }
    return 0;
}
