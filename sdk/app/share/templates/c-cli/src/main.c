/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* @TITLE@: a program without a window. What it prints is in 'booth logs --app @ID@'. */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (unsigned seconds = 0;; seconds += 10) {
        printf("running for %u s\n", seconds);
        sleep(10);
    }
}
