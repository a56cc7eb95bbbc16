// Reading and writing (POSIX read, write, recv, send). A blocking read waits for the first byte; a blocking
// write for all its bytes to fit, and others may come between the parts of a long one. What the writer did
// before it wrote, the reader knows afterwards.
#include "descriptor.h"
#include "model.h"
#include "outside.h"
#include "shadow.h"
#include "stream.h"
#include "transfer.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

struct transfer {
    const char *name;
    int fd;
    bool socket; // recvmsg and sendmsg, otherwise readv and writev
    int flags;
    struct msghdr message;
    uint32_t place;
};

static size_t length_of(const struct msghdr *message) {
    size_t length = 0;
    for (size_t i = 0; i < message->msg_iovlen; i++)
        length += message->msg_iov[i].iov_len;
    return length;
}

// The buffers' first `length` bytes are read or written by the call.
static void access_buffers(const struct transfer *transfer, size_t length, unsigned access) {
    for (size_t i = 0; i < transfer->message.msg_iovlen && length; i++) {
        const struct iovec *part = &transfer->message.msg_iov[i];
        size_t here = part->iov_len < length ? part->iov_len : length;
        shadow_access((uintptr_t)part->iov_base, here, access, transfer->place);
        length -= here;
    }
}

static void advance(struct msghdr *message, size_t length) {
    while (message->msg_iovlen && length >= message->msg_iov->iov_len) {
        length -= message->msg_iov->iov_len;
        message->msg_iov++;
        message->msg_iovlen--;
    }
    if (length) {
        message->msg_iov->iov_base = (char *)message->msg_iov->iov_base + length;
        message->msg_iov->iov_len -= length;
    }
}

static bool is_stream(int fd) {
    int type;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type == SOCK_STREAM;
}

static ssize_t call(struct transfer *transfer, int fd, bool reads) {
    struct msghdr *message = &transfer->message;
    if (transfer->socket)
        return reads ? recvmsg(fd, message, transfer->flags | MSG_DONTWAIT)
                     : sendmsg(fd, message, transfer->flags | MSG_DONTWAIT);
    int flags = descriptor_hasten(fd);
    ssize_t result = reads ? readv(fd, message->msg_iov, (int)message->msg_iovlen)
                           : writev(fd, message->msg_iov, (int)message->msg_iovlen);
    descriptor_restore(fd, flags);
    return result;
}

// Waits until the call can do something, and does it once. 0 or -1 of the call; EAGAIN only when the caller
// is to be told so.
static ssize_t step(struct transfer *transfer, bool reads, bool waits) {
    const short events = reads ? POLLIN : POLLOUT;
    uint64_t deadline =
        waits ? descriptor_deadline(transfer->fd, reads ? SO_RCVTIMEO : SO_SNDTIMEO) : 0;
    ssize_t result;
    bool again;
    do {
        struct pollfd polled = {.fd = transfer->fd, .events = events};
        enum way way = descriptor_visit(transfer->name, transfer->fd, waits ? &polled : NULL, 1,
                                        deadline, transfer->place);
        if (way == WAY_TIME_OUT) {
            descriptor_done(transfer->fd, &polled);
            errno = EAGAIN;
            return -1;
        }
        if (!reads) {
            access_buffers(transfer, length_of(&transfer->message), ACCESS_READ);
            descriptor_release(polled.fd);
        }
        result = call(transfer, polled.fd, reads);
        again = result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (again)
            schedule_idle(EAGAIN);
        else
            descriptor_changed();
        if (reads && result > 0 && !descriptor_is_inside(polled.fd))
            report_unavailable_at(
                transfer->place,
                "reads from a pipe or a terminal that was there before the program: "
                "no other schedule can read the same; give it a file instead");
        if (reads && result >= 0) {
            descriptor_acquire(polled.fd);
            access_buffers(transfer, (size_t)result, ACCESS_WRITE);
        }
        descriptor_done(transfer->fd, &polled);
    } while (again && waits);
    return result;
}

static ssize_t run(struct transfer *transfer, bool reads) {
    const size_t wanted = length_of(&transfer->message);
    bool waits = descriptor_is_patient(transfer->fd) && !(transfer->flags & MSG_DONTWAIT) &&
                 (wanted || transfer->socket);
    bool all = waits && is_stream(transfer->fd) &&
               (reads ? (transfer->flags & (MSG_WAITALL | MSG_PEEK)) == MSG_WAITALL : true);
    struct iovec parts[transfer->message.msg_iovlen + 1];
    memcpy(parts, transfer->message.msg_iov, transfer->message.msg_iovlen * sizeof *parts);
    transfer->message.msg_iov = parts;
    size_t done = 0;
    ssize_t result;
    do {
        result = step(transfer, reads, waits);
        if (result <= 0)
            return done ? (ssize_t)done : result;
        done += (size_t)result;
        advance(&transfer->message, (size_t)result);
    } while (all && done < wanted);
    return (ssize_t)done;
}

// The calls

static bool is_modelled(int fd, short events) {
    return MODELLED && descriptor_may_block(fd, events);
}

// A call that goes straight through, on a file or a device.
static void note(const struct transfer *transfer, bool reads) {
    const struct operation operation = {
        .name = transfer->name, .number = transfer->fd, .place = transfer->place};
    if (MODELLED && (reads || !stream_written(transfer->fd, transfer->place)))
        schedule_note(&operation);
}

WRAP(ssize_t, read, int fd, void *bytes, size_t length) {
    struct iovec part = {bytes, length};
    struct transfer transfer = {"reads from", fd, .message = {.msg_iov = &part, .msg_iovlen = 1},
                                .place = PLACE_HERE};
    if (is_modelled(fd, POLLIN))
        return run(&transfer, true);
    note(&transfer, true);
    return read(fd, bytes, length);
}

WRAP(ssize_t, readv, int fd, const struct iovec *parts, int count) {
    struct transfer transfer = {
        "reads from", fd,
        .message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)count},
        .place = PLACE_HERE};
    if (count > 0 && is_modelled(fd, POLLIN))
        return run(&transfer, true);
    note(&transfer, true);
    return readv(fd, parts, count);
}

ssize_t transfer_write(int fd, const void *bytes, size_t length, uint32_t place) {
    struct iovec part = {(void *)bytes, length};
    struct transfer transfer = {"writes to", fd, .message = {.msg_iov = &part, .msg_iovlen = 1},
                                .place = place};
    if (is_modelled(fd, POLLOUT))
        return run(&transfer, false);
    note(&transfer, false);
    return write(fd, bytes, length);
}

WRAP(ssize_t, write, int fd, const void *bytes, size_t length) {
    return transfer_write(fd, bytes, length, PLACE_HERE);
}

WRAP(ssize_t, writev, int fd, const struct iovec *parts, int count) {
    struct transfer transfer = {
        "writes to", fd, .message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)count},
        .place = PLACE_HERE};
    if (count > 0 && is_modelled(fd, POLLOUT))
        return run(&transfer, false);
    note(&transfer, false);
    return writev(fd, parts, count);
}

static ssize_t receive(int fd, void *bytes, size_t length, int flags, struct sockaddr *from,
                       socklen_t *from_length, uint32_t place) {
    struct iovec part = {bytes, length};
    struct transfer transfer = {"receives from",
                                fd,
                                true,
                                flags,
                                {.msg_name = from,
                                 .msg_namelen = from_length ? *from_length : 0,
                                 .msg_iov = &part,
                                 .msg_iovlen = 1},
                                place};
    ssize_t result = run(&transfer, true);
    if (result >= 0 && from_length)
        *from_length = transfer.message.msg_namelen;
    return result;
}

WRAP(ssize_t, recv, int fd, void *bytes, size_t length, int flags) {
    return is_modelled(fd, POLLIN) ? receive(fd, bytes, length, flags, NULL, NULL, PLACE_HERE)
                                   : recv(fd, bytes, length, flags);
}

WRAP(ssize_t, recvfrom, int fd, void *bytes, size_t length, int flags, struct sockaddr *from,
     socklen_t *from_length) {
    return is_modelled(fd, POLLIN)
               ? receive(fd, bytes, length, flags, from, from_length, PLACE_HERE)
               : recvfrom(fd, bytes, length, flags, from, from_length);
}

WRAP(ssize_t, recvmsg, int fd, struct msghdr *message, int flags) {
    if (!is_modelled(fd, POLLIN))
        return recvmsg(fd, message, flags);
    struct transfer transfer = {"receives from", fd, true, flags, *message, PLACE_HERE};
    ssize_t result = run(&transfer, true);
    message->msg_namelen = transfer.message.msg_namelen;
    message->msg_controllen = transfer.message.msg_controllen;
    message->msg_flags = transfer.message.msg_flags;
    return result;
}

static ssize_t send_to(int fd, const void *bytes, size_t length, int flags,
                       const struct sockaddr *to, socklen_t to_length, uint32_t place) {
    struct iovec part = {(void *)bytes, length};
    struct transfer transfer = {
        "sends to",
        fd,
        true,
        flags,
        {.msg_name = (void *)to, .msg_namelen = to_length, .msg_iov = &part, .msg_iovlen = 1},
        place};
    if (to)
        outside_addressed();
    return run(&transfer, false);
}

WRAP(ssize_t, send, int fd, const void *bytes, size_t length, int flags) {
    return is_modelled(fd, POLLOUT) ? send_to(fd, bytes, length, flags, NULL, 0, PLACE_HERE)
                                    : send(fd, bytes, length, flags);
}

WRAP(ssize_t, sendto, int fd, const void *bytes, size_t length, int flags,
     const struct sockaddr *to, socklen_t to_length) {
    return is_modelled(fd, POLLOUT) ? send_to(fd, bytes, length, flags, to, to_length, PLACE_HERE)
                                    : sendto(fd, bytes, length, flags, to, to_length);
}

WRAP(ssize_t, sendmsg, int fd, const struct msghdr *message, int flags) {
    if (!is_modelled(fd, POLLOUT))
        return sendmsg(fd, message, flags);
    struct transfer transfer = {"sends to", fd, true, flags, *message, PLACE_HERE};
    if (message->msg_name)
        outside_addressed();
    return run(&transfer, false);
}
