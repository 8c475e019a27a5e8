package com.example;

import org.apache.camel.main.Main;

/** Runs the routes of the folder camel. */
public final class Application {

    private Application() {}

    public static void main(String[] args) throws Exception {
        new Main(Application.class).run(args);
    }
}
