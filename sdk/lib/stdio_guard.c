/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "stdio_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER (1u << 20)

static const char *name;

void stdio_guard(void)
{
    int fd;

    while ((fd = open("/dev/null", O_RDONLY)) >= 0 && fd <= STDERR_FILENO) {
    }
    if (fd > STDERR_FILENO) {
        close(fd);
    }
    signal(SIGPIPE, SIG_IGN);
}

static void check(void)
{
    bool lost = ferror(stdout) != 0;

    errno = EIO; /* of what was lost before, if the rest can be written */
    if (fclose(stdout) != 0 || lost) {
        fprintf(stderr, "%s: cannot write the standard output: %s\n", name, strerror(errno));
        _exit(EXIT_FAILURE);
    }
}

void stdio_guard_at_exit(const char *program)
{
    name = program;
    stdio_guard();
    setvbuf(stdout, NULL, _IOFBF, BUFFER); /* most is lost in one piece, with its reason */
    atexit(check);
}
