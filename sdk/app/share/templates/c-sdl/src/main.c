/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* @TITLE@: a square that goes where a finger is. What it prints is in 'booth logs --app @ID@'. */
#include <SDL.h>
#include <stdio.h>

#define SIDE 120

/* The screen is drawn by the CPU: only what has changed is worth a frame. */
static void draw(SDL_Window *window, int x, int y)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window);
    SDL_Rect square = {x - SIDE / 2, y - SIDE / 2, SIDE, SIDE};

    if (surface == NULL) {
        fprintf(stderr, "nothing can be drawn: %s\n", SDL_GetError());
        return;
    }
    SDL_FillRect(surface, NULL, SDL_MapRGB(surface->format, 0x24, 0x1f, 0x31));
    SDL_FillRect(surface, &square, SDL_MapRGB(surface->format, 0xf6, 0xd3, 0x2d));
    SDL_UpdateWindowSurface(window);
}

static void run(SDL_Window *window)
{
    int width, height, x, y;
    SDL_Event event;

    SDL_GetWindowSize(window, &width, &height);
    x = width / 2;
    y = height / 2;
    draw(window, x, y);
    while (SDL_WaitEvent(&event) && event.type != SDL_QUIT) {
        if (event.type == SDL_MOUSEBUTTONDOWN) { /* a finger is a mouse, too */
            x = event.button.x;
            y = event.button.y;
            printf("touched at %d, %d\n", x, y);
        }
        if (event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_WINDOWEVENT) {
            draw(window, x, y);
        }
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    setvbuf(stdout, NULL, _IOLBF, 0);
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "wayland");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        fprintf(stderr, "no screen: %s\n", SDL_GetError());
        return 1;
    }
    SDL_Window *window = SDL_CreateWindow("@TITLE@", SDL_WINDOWPOS_UNDEFINED,
                                          SDL_WINDOWPOS_UNDEFINED, 360, 600, SDL_WINDOW_RESIZABLE);
    if (window == NULL) {
        fprintf(stderr, "no window: %s\n", SDL_GetError());
        return 1;
    }
    printf("the window is there\n");
    run(window);
    SDL_DestroyWindow(window);
    SDL_Quit();
    return 0;
}
