import "../ui/tokens.css";
import "../ui/controls.css";
import "./supervisor.css";
import "../ui/print.css";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { consultInHash } from "../shared/route";
import { List } from "./List";
import { Transcript } from "./Transcript";

function App() {
  const [id, setId] = useState(() => consultInHash(location.hash));
  useEffect(() => {
    const onHash = () => setId(consultInHash(location.hash));
    addEventListener("hashchange", onHash);
    onHash(); // it may have changed between the first look and this listener
    return () => removeEventListener("hashchange", onHash);
  }, []);
  return id ? <Transcript key={id} id={id} /> : <List />;
}

const root = document.getElementById("app")!;
root.replaceChildren();
render(<App />, root);
