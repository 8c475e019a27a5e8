package org.catalogdrop.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.spi.Registry;
import org.catalogdrop.camel.http.AuthorizedCall;
import org.catalogdrop.camel.http.HttpExchangeAdapter;
import org.catalogdrop.camel.http.TokenSteps;
import org.catalogdrop.kommo.AnswerInterpreter;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.throttle.AdmissionGate;
import org.catalogdrop.kommo.throttle.RateLimiter;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Intent;
import org.catalogdrop.send.ChunkDelivery;
import org.catalogdrop.send.ReconcileSteps;
import org.catalogdrop.send.SendSteps;

/**
 * Binds the steps that every chunk takes as processors named {@code bean.method}. Each takes its arguments from the exchange and puts its
 * result there. For a {@code bean} step Camel looks the method up, parses and converts its arguments and calls it by reflection, each time
 * again. That took a sixth of a load. The steps that few chunks take stay {@code bean} steps. Safe for many threads.
 */
final class ChunkSteps {

    private static final String SENDING = "catalog-sending";
    private static final String INTENT = "catalog-intent";
    private static final String NEXT = "catalog-next";
    private static final String CALL = "catalog-call";
    private static final String NEXT_CALL = "catalog-next-call";
    private static final String GATE = "CatalogGate";

    private final Registry registry;

    ChunkSteps(Registry registry) {
        this.registry = registry;
    }

    private void bind(String name, Processor step) {
        registry.bind(name, step);
    }

    /** Binds the steps of a chunk from its operations to their outcomes. */
    void bind(SendSteps steps, ReconcileSteps doubts, AnswerInterpreter answers) {
        bind("catalog-sending.beginDelivery", exchange -> {
            RunningLoad load = exchange.getVariable(LoadPhase.VARIABLE, RunningLoad.class);
            ChunkDelivery sending = steps.beginDelivery(load, body(exchange, Chunk.class));
            exchange.setVariable(SENDING, sending);
            exchange.setVariable(NEXT, steps.nextStep(sending));
        });
        bind("catalog-sending.nextStep", exchange -> exchange.setVariable(NEXT, steps.nextStep(sending(exchange))));
        bind(
                "catalog-sending.recordIntent",
                exchange -> exchange.setVariable(INTENT, steps.recordIntent(sending(exchange))));
        bind("catalog-sending.buildRequest", exchange -> {
            Message message = exchange.getMessage();
            message.setBody(steps.buildRequest(intent(exchange)));
            // A host's headers could lead the request, and the token, elsewhere.
            message.removeHeaders("*");
            message.setHeader(GATE, doubts.gateAdds(sending(exchange)));
            message.setHeader(Exchange.HTTP_METHOD, HttpMethods.POST);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        });
        bind("catalog-answers.judgeReply", exchange -> {
            boolean repeated = sending(exchange).isRepeated();
            Reply reply = body(exchange, Reply.class);
            exchange.getMessage().setBody(answers.judgeReply(intent(exchange), repeated, reply));
        });
        bind(
                "catalog-sending.settleRows",
                exchange -> steps.settleRows(sending(exchange), intent(exchange), body(exchange, Answer.class)));
        bind("catalog-sending.awaitUpdatesSettled", exchange -> steps.awaitUpdatesSettled(sending(exchange)));
        bind("catalog-sending.endDelivery", exchange -> steps.endDelivery(sending(exchange)));
    }

    /** Binds the steps of one request. */
    void bind(TokenSteps tokens, RateLimiter pace, HttpExchangeAdapter wire) {
        bind("catalog-tokens.beginCall", exchange -> {
            AuthorizedCall call = tokens.beginCall(exchange);
            exchange.setVariable(CALL, call);
            exchange.setVariable(NEXT_CALL, tokens.nextStep(call));
        });
        bind("catalog-tokens.authorizeRequest", exchange -> tokens.authorizeRequest(call(exchange), exchange));
        bind("catalog-tokens.takeReply", exchange -> {
            Reply reply = body(exchange, Reply.class);
            exchange.getMessage().setBody(tokens.takeReply(call(exchange), reply));
            exchange.setVariable(NEXT_CALL, tokens.nextStep(call(exchange)));
        });
        bind(
                "catalog-pace.awaitTurn",
                // The gate is not for the wire.
                exchange -> pace.awaitTurn((AdmissionGate) exchange.getMessage().removeHeader(GATE)));
        bind("catalog-wire.recordDeparture", wire::recordDeparture);
        bind("catalog-wire.readReply", exchange -> exchange.getMessage().setBody(wire.readReply(exchange)));
        bind("catalog-wire.recordArrival", wire::recordArrival);
        bind("catalog-pace.endTurn", exchange -> pace.endTurn());
    }

    private static <T> T body(Exchange exchange, Class<T> type) {
        return type.cast(exchange.getMessage().getBody());
    }

    private static ChunkDelivery sending(Exchange exchange) {
        return (ChunkDelivery) exchange.getVariable(SENDING);
    }

    private static Intent intent(Exchange exchange) {
        return (Intent) exchange.getVariable(INTENT);
    }

    private static AuthorizedCall call(Exchange exchange) {
        return (AuthorizedCall) exchange.getVariable(CALL);
    }
}
