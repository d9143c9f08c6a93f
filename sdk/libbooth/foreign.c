/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "private.h"

static guint32 events_of(const struct talk *talk)
{
    GIOCondition wants = talk_wants(talk);

    return (wants & G_IO_IN ? EPOLLIN : 0) | (wants & G_IO_OUT ? EPOLLOUT : 0);
}

static gboolean watch(int poll, int fd, guint32 events)
{
    return epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){.events = events}) == 0;
}

int foreign_fd(struct foreign *foreign, const struct talk *talk)
{
    if (foreign->used) {
        return foreign->poll;
    }
    foreign->poll = epoll_create1(EPOLL_CLOEXEC);
    foreign->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    foreign->used = TRUE;
    if (!watch(foreign->poll, foreign->wake, EPOLLIN) ||
        !watch(foreign->poll, talk_fd(talk), events_of(talk))) {
        foreign_clear(foreign);
        return -1;
    }
    return foreign->poll;
}

void foreign_update(struct foreign *foreign, const struct talk *talk)
{
    if (!foreign->used) {
        return;
    }
    struct epoll_event event = {.events = events_of(talk)};
    /* A socket that has ended would be readable for ever. */
    epoll_ctl(foreign->poll, event.events ? EPOLL_CTL_MOD : EPOLL_CTL_DEL, talk_fd(talk), &event);
}

void foreign_wake(const struct foreign *foreign)
{
    if (foreign->used) {
        eventfd_write(foreign->wake, 1);
    }
}

void foreign_rest(const struct foreign *foreign)
{
    eventfd_t count;

    if (foreign->used) {
        eventfd_read(foreign->wake, &count);
    }
}

void foreign_clear(struct foreign *foreign)
{
    if (foreign->used) {
        close(foreign->poll);
        close(foreign->wake);
        foreign->used = FALSE;
    }
}
