import "../ui/tokens.css";
import "../ui/controls.css";
import "./styles/page.css";
import "./styles/notes.css";
import "./styles/guide.css";
import "./styles/right.css";
import "./styles/overlays.css";
import "./styles/list.css";
import "../ui/print.css";
import "./styles/print.css";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { consultInHash } from "../shared/route";
import { ConsultPage } from "./consult/ConsultPage";
import { List } from "./list/List";

function App() {
  const [id, setId] = useState(() => consultInHash(location.hash));
  useEffect(() => {
    const onHash = () => setId(consultInHash(location.hash));
    addEventListener("hashchange", onHash);
    onHash(); // it may have changed between the first look and this listener
    return () => removeEventListener("hashchange", onHash);
  }, []);
  return id ? <ConsultPage key={id} id={id} /> : <List />;
}

const root = document.getElementById("app")!;
root.replaceChildren();
render(<App />, root);
