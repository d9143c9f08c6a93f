/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* drop TITLE FILE: drops a file on the X window whose title begins so, by the protocol XDND,
 * version 5. */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Display *display;
static Window source, target;

static Atom atom(const char *name)
{
    return XInternAtom(display, name, False);
}

static void tell(const char *what, long one, long two, long three, long four)
{
    XEvent event = {.xclient = {.type = ClientMessage,
                                .window = target,
                                .message_type = atom(what),
                                .format = 32,
                                .data.l = {(long)source, one, two, three, four}}};

    XSendEvent(display, target, False, NoEventMask, &event);
    XFlush(display);
}

static void hand_over(const XSelectionRequestEvent *request, const char *data)
{
    XEvent event = {.xselection = {.type = SelectionNotify,
                                   .requestor = request->requestor,
                                   .selection = request->selection,
                                   .target = request->target,
                                   .property = request->property,
                                   .time = request->time}};

    XChangeProperty(display, request->requestor, request->property, request->target, 8,
                    PropModeReplace, (const unsigned char *)data, (int)strlen(data));
    XSendEvent(display, request->requestor, False, NoEventMask, &event);
    XFlush(display);
}

/* Until the target says `what`, ten seconds at most. */
static void await(const char *what, const char *data)
{
    struct pollfd wait = {.fd = ConnectionNumber(display), .events = POLLIN};
    XEvent event;

    for (;;) {
        if (XPending(display) == 0 && poll(&wait, 1, 10000) <= 0) {
            fprintf(stderr, "drop: no %s\n", what);
            exit(1);
        }
        XNextEvent(display, &event);
        if (event.type == SelectionRequest) {
            hand_over(&event.xselectionrequest, data);
        } else if (event.type == ClientMessage && event.xclient.message_type == atom(what)) {
            return;
        }
    }
}

int main(int argc, char **argv)
{
    char data[4200];

    display = argc == 3 ? XOpenDisplay(NULL) : NULL;
    if (display == NULL) {
        fprintf(stderr, "drop: no X server\n");
        return 1;
    }
    target = strtoul(argv[1], NULL, 10);
    snprintf(data, sizeof(data), "file://%s\r\n", argv[2]);
    source = XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0);
    XSetSelectionOwner(display, atom("XdndSelection"), source, CurrentTime);
    tell("XdndEnter", 5L << 24, (long)atom("text/uri-list"), None, None);
    tell("XdndPosition", 0, 100L << 16 | 100, CurrentTime, (long)atom("XdndActionCopy"));
    await("XdndStatus", data);
    tell("XdndDrop", 0, CurrentTime, 0, 0);
    await("XdndFinished", data);
    return 0;
}
